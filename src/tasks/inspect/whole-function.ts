import type { Language } from '../../lang/language.ts';
import { maskSource } from '../../lang/split-source.ts';

/**
 * A function of a built-in language from its header and body. `model` is another whole function of the task: where indentation
 * means something, this one gets the same.
 */
export function wholeFunction(
  language: Language,
  signature: string,
  body: string,
  model: string | null,
): string {
  const header = headerOf(language, signature);
  const margin = language.blockStyle === 'indentation' ? (/^[ \t]*/.exec(model ?? '')?.[0] ?? '') : '';
  const lines = body === '' ? [] : body.split('\n').map((line) => `    ${line}`);
  const text =
    language.blockStyle === 'indentation'
      ? [`${header}:`, ...lines]
      : [`${header} {`, ...lines, '}'];
  return `${text.flatMap((line) => line.split('\n')).map((line) => (line === '' ? line : margin + line)).join('\n')}\n`;
}

/** The signature without what opens the body, and without comments behind it. */
function headerOf(language: Language, signature: string): string {
  const text = maskSource(language, signature).trimEnd();
  const opener = language.blockStyle === 'indentation' ? /\s*:$/ : /\s*[{;]$/;
  const header = signature.slice(0, text.replace(opener, '').length).trim();
  // The one member of this family whose declarations are not functions without the word.
  const isBare = language.id === 'javascript' || language.id === 'typescript' ? !/\bfunction\b|=/.test(text) : false;
  return isBare ? `function ${header}` : header;
}
