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
  const inner = body === '' ? [] : body.split('\n').map((line) => `    ${line}`);
  switch (language.blockStyle) {
    case 'braces':
      return [`${header} {`, ...inner, '}', ''].join('\n');
    case 'keyword':
      return [header, ...inner, language.keywords?.end ?? 'end', ''].join('\n');
    case 'indentation': {
      const margin = /^[ \t]*/.exec(model ?? '')?.[0] ?? '';
      return [...`${header}:`.split('\n'), ...inner, '']
        .map((line) => (line === '' ? '' : margin + line))
        .join('\n');
    }
  }
}

/** The signature without what opens the body, and without comments behind it. */
function headerOf(language: Language, signature: string): string {
  const text = maskSource(language, signature).trimEnd();
  const opener = language.blockStyle === 'indentation' ? /\s*:$/ : /\s*[{;]$/;
  const header = signature.slice(0, text.replace(opener, '').length).trim();
  // Written as a method, where the tests call a function.
  const isMethod = /^(?:java|type)script$/.test(language.id) && !/\bfunction\b|=/.test(text);
  return isMethod ? `function ${header}` : header;
}
