import { z } from 'zod';
import { commandRunnerSchema } from './command-runner.ts';
import { guardedPattern } from './guarded-pattern.ts';

/**
 * A language without a grammar, described by the user: functions are found by pattern, bodies by blockStyle.
 * `functionPattern` and `importPattern` are matched line by line, comments and string contents blanked.
 */
export const customLanguageSchema = z
  .strictObject({
    /** What a task's `language` says, e.g. `rulescript`. */
    id: z.string().regex(/^[a-z][a-z0-9+#_-]*$/, 'expected lower-case letters, digits, +, #, _ and -'),
    displayName: z.string().min(1).optional(),
    /** Tags of Markdown fences that hold it; the id when left out. */
    fences: z.array(z.string().min(1)).optional(),
    /** File extension with its dot. */
    extension: z.string().regex(/^\.[\w.+-]+$/, 'expected a dot and a name, e.g. ".rs"'),
    lineComment: z.string().min(1).nullable().default(null),
    blockComment: z
      .strictObject({ open: z.string().min(1), close: z.string().min(1) })
      .nullable()
      .default(null),
    /** Quotes of strings within a line, a backslash escaping. */
    strings: z.array(z.string().min(1).max(3)).default(['"', "'"]),
    blockStyle: z.enum(['braces', 'indentation', 'keyword']),
    /** For `keyword`: the word that closes a block. */
    endKeyword: z.string().regex(/^\w+$/, 'expected one word').nullable().default(null),
    /** For `keyword`: words that open a block inside a function; without them the header's indentation decides. */
    blockKeywords: z.array(z.string().regex(/^\w+$/, 'expected one word')).default([]),
    /** The header of a function, with a named group `name`: `^\s*rule\s+(?<name>\w+)`. */
    functionPattern: guardedPattern.refine((source) => source.includes('(?<name>'), {
      error: 'expected a named group: (?<name>…)',
    }),
    /** Lines that are kept above the function. */
    importPattern: guardedPattern.nullable().default(null),
    /** How it is compiled and run; null = functions are found and judged, but nothing can be executed. */
    runner: commandRunnerSchema.nullable().default(null),
  })
  .refine((language) => (language.blockStyle === 'keyword') === (language.endKeyword !== null), {
    error: 'endKeyword belongs to blockStyle "keyword", and that needs it',
    path: ['endKeyword'],
  });

export type CustomLanguage = Readonly<z.infer<typeof customLanguageSchema>>;
