import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { hashParts } from '../util/hash.ts';
import { entryPointOf } from './entry-point-of.ts';

/** Hex digits of the hash in an id: 48 bits, enough that no two tasks of one user meet. */
const ID_DIGITS = 12;

interface AdhocTaskOptions {
  readonly description: string;
  /** Empty when the user gave none. */
  readonly signature: string;
  readonly language: string;
  /** Source that runs after the candidate. */
  readonly testsSource?: string | null | undefined;
  /** Default: the name in the signature. */
  readonly entryPoint?: string | null | undefined;
}

/**
 * A task given on the command line: benchmark `adhoc`, id `adhoc/<hash>` of everything given, tests included, so that
 * results recorded under one id are about one task. Blank tests count as none.
 *
 * @throws {CodejuryError} `usage` when description or language is blank.
 */
export function adhocTask(options: AdhocTaskOptions): Task {
  const description = options.description.trim();
  const language = options.language.trim();
  const signature = options.signature.trim();
  if (description === '') {
    throw new CodejuryError('usage', 'task: expected a description, received an empty text', {
      hint: 'say in words what the function must do',
    });
  }
  if (language === '') {
    throw new CodejuryError('usage', 'task: expected a language, received an empty text', {
      hint: 'for example --language python',
    });
  }
  const testsSource = options.testsSource?.trim() ? options.testsSource : null;
  const entryPoint = options.entryPoint ?? entryPointOf(language, signature);
  const hash = hashParts(language, description, signature, entryPoint ?? '', testsSource ?? '');
  return {
    id: `adhoc/${hash.slice(0, ID_DIGITS)}`,
    benchmark: 'adhoc',
    language,
    description,
    signature,
    prompt: null,
    completion: null,
    entryPoint,
    tests: testsSource === null ? null : { before: '', after: testsSource },
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
  };
}
