import { customLanguageSchema } from '../../contracts/custom-language.ts';
import type { Language } from '../language.ts';
import { languageOfCustom } from '../language-of-custom.ts';

/** Described like a private language: there is no grammar of it in the package that the others come from. */
export const lua: Language = languageOfCustom(
  customLanguageSchema.parse({
    id: 'lua',
    displayName: 'Lua',
    extension: '.lua',
    lineComment: '--',
    blockComment: { open: '--[[', close: ']]' },
    strings: ['"', "'"],
    blockStyle: 'keyword',
    endKeyword: 'end',
    blockKeywords: ['function', 'if', 'do'],
    functionPattern: '^\\s*(?:local\\s+)?function\\s+(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)',
    importPattern: '^\\s*(?:local\\s+\\w+\\s*=\\s*)?require\\b',
  }),
);
