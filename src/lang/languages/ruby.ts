import { customLanguageSchema } from '../../contracts/custom-language.ts';
import type { Language } from '../language.ts';
import { languageOfCustom } from '../language-of-custom.ts';

/** Described like a private language: its `if` after a statement opens no block, so indentation tells where a method ends. */
export const ruby: Language = {
  ...languageOfCustom(
    customLanguageSchema.parse({
      id: 'ruby',
      displayName: 'Ruby',
      fences: ['ruby', 'rb'],
      extension: '.rb',
      lineComment: '#',
      blockComment: { open: '\n=begin', close: '\n=end' },
      strings: ['"', "'"],
      blockStyle: 'keyword',
      endKeyword: 'end',
      functionPattern: '^\\s*def\\s+(?<name>[\\p{L}_][\\p{L}\\p{N}_]*[?!]?)',
      importPattern: '^\\s*require(?:_relative)?\\b',
    }),
  ),
  aliases: ['rb'],
};
