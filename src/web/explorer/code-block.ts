import type { SourceSyntax } from '../../contracts/explorer-data.ts';
import { visibleText } from '../../util/visible-text.ts';
import { codeLines } from './code-lines.ts';
import { element } from './element.ts';

/** Coloured code with numbered lines; what would reorder or hide text is shown as escapes. @param marked a line from 1, null = none */
export function codeBlock(
  text: string,
  label: string,
  language: string,
  syntax: SourceSyntax | undefined,
  marked: number | null = null,
): HTMLElement {
  const lines = codeLines(visibleText(text).replace(/\n$/, ''), language, syntax).map((pieces, index) =>
    element(
      'span',
      { class: 'explorer-line', 'data-marked': index + 1 === marked },
      ...pieces.map(({ text: piece, kind }) =>
        kind === 'plain' ? piece : element('span', { class: `explorer-${kind}` }, piece),
      ),
      '\n',
    ),
  );
  return element(
    'pre',
    { class: 'explorer-code', tabindex: 0, role: 'region', 'aria-label': label },
    element('code', {}, ...lines),
  );
}
