import { CodejuryError } from '../../errors.ts';
import {
  EXAMPLE_LANGUAGE,
  isAsked,
  LANGUAGE_QUESTIONS,
  type LanguageAnswers,
  languageIdFault,
} from './language-answers.ts';

/** Something to ask a person. */
export interface Asked {
  readonly text: string;
  /** Taken for an empty answer. */
  readonly default: string;
  /** What is wrong with an answer, in words; null = nothing. */
  readonly faultOf: (answer: string) => string | null;
}

/** Asks until there is an answer without fault. */
export type Ask = (question: Asked) => Promise<string>;

/**
 * What is to be known of a language: what is given, and for the rest what `ask` hears or, where that is null, the defaults.
 * Null = the example language, which needs no description.
 *
 * @param slug the id of a language that nobody named, where something else is said of it
 * @throws {CodejuryError} where nobody can be asked, `usage` for what is given and wrong, naming the flag, and for a default
 *   that does not fit.
 */
export async function resolveAnswers(
  given: Partial<LanguageAnswers>,
  slug: string,
  ask: Ask | null,
): Promise<LanguageAnswers | null> {
  const { languageId: _, ...details } = given;
  const [detail] = Object.keys(details);
  const languageId = await answerOf(
    given.languageId,
    '--language-id',
    {
      text: `id of the language (${EXAMPLE_LANGUAGE} is an example that works at once)`,
      default: detail === undefined ? EXAMPLE_LANGUAGE : slug,
      faultOf: languageIdFault,
    },
    ask,
  );
  if (languageId === EXAMPLE_LANGUAGE) {
    if (detail === undefined) return null;
    throw new CodejuryError(
      'usage',
      `${flagOf(detail)}: ${EXAMPLE_LANGUAGE} is the example language as it is`,
      { hint: 'give your language another --language-id' },
    );
  }
  const answers: Partial<Record<keyof LanguageAnswers, string>> = { languageId };
  for (const question of LANGUAGE_QUESTIONS) {
    const { field, text } = question;
    if (!isAsked(question, answers)) {
      if (given[field] !== undefined) {
        throw new CodejuryError('usage', `${flagOf(field)}: expected only with --block-style keyword`);
      }
      continue;
    }
    const known = { ...answers };
    answers[field] = await answerOf(
      given[field],
      flagOf(field),
      {
        text,
        default: question.defaultOf(known),
        faultOf: (answer) => question.faultOf(answer, known),
      },
      ask,
    );
  }
  return { endKeyword: '', ...answers } as LanguageAnswers;
}

async function answerOf(
  given: string | undefined,
  flag: string,
  question: Asked,
  ask: Ask | null,
): Promise<string> {
  if (given === undefined && ask !== null) return ask(question);
  const answer = given ?? question.default;
  const fault = /[\p{Cc}--\t]/v.test(answer) ? 'expected one line of text' : question.faultOf(answer);
  if (fault === null) return answer;
  // Nobody should answer ten questions to be told that a flag was wrong.
  if (ask !== null) return ask({ ...question, text: `${flag}: ${fault}\n${question.text}` });
  throw new CodejuryError('usage', `${flag}: ${fault}, received ${JSON.stringify(answer)}`, {
    ...(given === undefined ? { hint: `give ${flag}: the default does not fit what else was said` } : {}),
  });
}

/** `endKeyword` is `--end-keyword`. */
function flagOf(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
