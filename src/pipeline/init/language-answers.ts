import type { z } from 'zod';
import { commandRunnerSchema } from '../../contracts/command-runner.ts';
import { type CustomLanguage, customLanguageSchema } from '../../contracts/custom-language.ts';
import { builtinLanguages } from '../../lang/builtin-languages.ts';
import { headerOfPattern, nameInHeader } from './header-of-pattern.ts';
import { splitCommand } from './split-command.ts';

/** The language of examples/private-language, which a project has when nobody names another. */
export const EXAMPLE_LANGUAGE = 'rulescript';

/** The function of the first example task. */
export const FIRST_FUNCTION = 'larger';

/** What somebody says of a language, as they type it; `none` = there is none. */
export interface LanguageAnswers {
  readonly languageId: string;
  readonly displayName: string;
  readonly extension: string;
  readonly lineComment: string;
  readonly blockStyle: string;
  /** Asked for blocks that end with a word. */
  readonly endKeyword: string;
  readonly functionPattern: string;
  /** First line of a function `larger` with the parameters a and b. */
  readonly header: string;
  readonly compile: string;
  readonly run: string;
  /** A statement that prints {{token}}. */
  readonly finished: string;
}

export type LanguageField = keyof LanguageAnswers;

/** One question about a language. Those before it are answered when its functions are called. */
export interface LanguageQuestion {
  readonly field: LanguageField;
  readonly text: string;
  /** What is taken where nobody says. */
  defaultOf(answers: Partial<LanguageAnswers>): string;
  /** What is wrong with an answer, in words; null = nothing. */
  faultOf(answer: string, answers: Partial<LanguageAnswers>): string | null;
}

const { shape } = customLanguageSchema;

/** About a language of one's own, in the order in which they are asked. */
export const LANGUAGE_QUESTIONS: readonly LanguageQuestion[] = [
  {
    field: 'displayName',
    text: 'its name for people and models',
    defaultOf: ({ languageId = '' }) => languageId.charAt(0).toUpperCase() + languageId.slice(1),
    faultOf: (answer) => firstFault(shape.displayName, answer),
  },
  {
    field: 'extension',
    text: 'file extension',
    defaultOf: ({ languageId = '' }) => `.${languageId.replaceAll('#', 'sharp')}`,
    faultOf: (answer) => firstFault(shape.extension, answer),
  },
  {
    field: 'lineComment',
    text: 'what starts a comment, or none',
    defaultOf: () => '#',
    faultOf: (answer) => firstFault(shape.lineComment, orNull(answer)),
  },
  {
    field: 'blockStyle',
    text: 'blocks: braces, indentation, or keyword (a word ends them)',
    defaultOf: () => 'braces',
    faultOf: (answer) => firstFault(shape.blockStyle, answer),
  },
  {
    field: 'endKeyword',
    text: 'the word that ends a block',
    defaultOf: () => 'end',
    faultOf: (answer) => firstFault(shape.endKeyword, answer),
  },
  {
    field: 'functionPattern',
    text: "regular expression of a function's first line, the name in (?<name>…)",
    defaultOf: () => '^\\s*function\\s+(?<name>\\w+)',
    faultOf: (answer) => firstFault(shape.functionPattern, answer),
  },
  {
    field: 'header',
    text: `the first line of a function ${FIRST_FUNCTION} with the parameters a and b`,
    defaultOf: ({ functionPattern = '' }) =>
      headerOfPattern(functionPattern, FIRST_FUNCTION) ?? `${FIRST_FUNCTION}(a, b)`,
    faultOf: (answer, { functionPattern = '' }) =>
      nameInHeader(functionPattern, answer)?.name === FIRST_FUNCTION
        ? null
        : `expected a line in which the pattern finds the name ${FIRST_FUNCTION}`,
  },
  {
    field: 'compile',
    text: 'command that compiles or checks {{file}}, or none',
    defaultOf: () => 'none',
    faultOf: (answer) => commandFault('compile', orNull(answer)),
  },
  {
    field: 'run',
    text: 'command that runs {{file}} (or ./program, if it is compiled)',
    defaultOf: ({ languageId = '' }) => `${languageId} {{file}}`,
    faultOf: (answer, { compile = 'none' }) => commandFault('run', answer, orNull(compile)),
  },
  {
    field: 'finished',
    text: 'statement that prints {{token}}, put after the tests as proof that they ran to their end, or none',
    defaultOf: () => 'none',
    faultOf: (answer) => firstFault(commandRunnerSchema.shape.finished, orNull(answer)),
  },
];

/** What is wrong with the id of a language; null = nothing. */
export function languageIdFault(id: string): string | null {
  const known = builtinLanguages.find((language) => language.id === id || language.aliases.includes(id));
  return known === undefined
    ? firstFault(shape.id, id)
    : `expected a language of your own: ${known.displayName} is built in`;
}

/** Whether a question makes sense after the answers before it. */
export function isAsked({ field }: LanguageQuestion, { blockStyle }: Partial<LanguageAnswers>): boolean {
  return field !== 'endKeyword' || blockStyle === 'keyword';
}

/** The language that answers describe, each of which must be without fault. */
export function languageOfAnswers(answers: LanguageAnswers): CustomLanguage {
  const compile = answers.compile === 'none' ? null : splitCommand(answers.compile);
  const run = splitCommand(answers.run);
  return customLanguageSchema.parse({
    id: answers.languageId,
    displayName: answers.displayName,
    extension: answers.extension,
    lineComment: orNull(answers.lineComment),
    blockStyle: answers.blockStyle,
    endKeyword: answers.blockStyle === 'keyword' ? answers.endKeyword : null,
    functionPattern: answers.functionPattern,
    runner: { compile, run, finished: orNull(answers.finished), files: filesIn(compile, run) },
  });
}

/** What commands need beside them, guessed: an argument such as `acme.py` is a file; `-I`, `-m acme.run` or `/opt/acme.py` is none. */
function filesIn(...commands: readonly (readonly string[] | null)[]): string[] {
  const words = commands.flatMap((command) =>
    (command ?? []).filter(
      (word, index) => index > 0 && command?.[index - 1] !== '-m' && /^\w[\w.-]*\.[a-z]\w{0,4}$/.test(word),
    ),
  );
  return [...new Set(words)];
}

function commandFault(
  field: 'compile' | 'run',
  command: string | null,
  compile: string | null = null,
): string | null {
  const words = command === null ? null : splitCommand(command);
  if (command !== null && words === null) return 'expected a closing quote';
  const commands =
    field === 'run'
      ? { run: words, compile: compile === null ? null : splitCommand(compile) }
      : { compile: words, run: ['-', '{{file}}'] };
  return firstFault(commandRunnerSchema, commands);
}

/** In the words of the schema, without the library's. */
function firstFault(schema: z.ZodType, value: unknown): string | null {
  const issue = schema.safeParse(value).error?.issues[0];
  return issue === undefined
    ? null
    : issue.message.replace(/^(?:Invalid input|Invalid option|Too small): /, '');
}

function orNull(answer: string): string | null {
  return answer === 'none' ? null : answer;
}
