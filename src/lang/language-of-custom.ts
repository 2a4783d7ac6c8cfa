import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { Language } from './language.ts';
import { lineString, spanningString } from './string-syntax.ts';

/** The language a user described, with everything a grammar would tell left out. */
export function languageOfCustom(custom: CustomLanguage): Language {
  return {
    id: custom.id,
    aliases: [],
    displayName: custom.displayName ?? custom.id,
    fences: (custom.fences ?? [custom.id]).map((tag) => tag.toLowerCase()),
    extension: custom.extension,
    comments: {
      line: custom.lineComment === null ? [] : [custom.lineComment],
      block: custom.blockComment === null ? [] : [custom.blockComment],
    },
    // Longest first, so that """ is not read as an empty string and an open quote.
    strings: custom.strings
      .toSorted((a, b) => b.length - a.length)
      .map((quote) => (quote.length > 1 ? spanningString(quote, true) : lineString(quote))),
    blockStyle: custom.blockStyle,
    keywords: custom.endKeyword === null ? null : { end: custom.endKeyword, openers: custom.blockKeywords },
    patterns: {
      functions: [new RegExp(custom.functionPattern, 'du')],
      type: null,
      import: custom.importPattern === null ? null : new RegExp(custom.importPattern, 'u'),
      attribute: null,
    },
    uncountedParameter: null,
    angleBrackets: false,
    functionsAreMembers: false,
    methodSignature: null,
    overloading: false,
    importsMayRepeat: true,
    keepAllImports: true,
    keptCall: null,
    builtins: null,
    stop: ['\n```'],
    grammar: null,
    nodes: null,
  };
}
