import type { Rejection } from '../contracts/candidate.ts';
import type { Task } from '../contracts/task.ts';
import type { Language } from '../lang/language.ts';
import { hashParts } from '../util/hash.ts';
import { bestExtraction, wantedName } from './best-extraction.ts';
import { tokenKey } from './dedupe-key.ts';
import type { Extraction } from './extraction.ts';
import { normalizeOutput } from './normalize-output.ts';
import { renameFunction } from './rename-function.ts';

/** How much of a rejected text is kept to be looked at, in UTF-16 code units. */
const REJECTED_TEXT_LENGTH = 10_000;

/** One round shows that the code is stable; mostly the first. */
const MAX_ROUNDS = 4;

export interface CleanOptions {
  /** Reject code with any character above 127: the paper's rule. */
  readonly asciiOnly: boolean;
  /** Which candidates are the same: `exact` text, or equal but for comments and blanks. */
  readonly dedupe: 'tokens' | 'exact';
  /** Longest code that is looked at, in UTF-16 code units. */
  readonly maxCodeLength: number;
}

export const defaultCleanOptions: CleanOptions = {
  asciiOnly: false,
  dedupe: 'tokens',
  maxCodeLength: 100_000,
};

export interface CleanRequest {
  readonly task: Pick<Task, 'id' | 'signature' | 'entryPoint' | 'prompt' | 'language'>;
  readonly language: Language;
  /** The model's output. */
  readonly text: string;
  /** An answer, or the continuation of the task's prompt (of its signature when it has none). */
  readonly form: 'chat' | 'completion';
  readonly options?: Partial<CleanOptions>;
}

export interface CleanedText {
  /** The function with what it needs; when rejected, the best that was found, at worst the text's beginning. */
  readonly code: string;
  readonly dedupeKey: string;
  /** False: no function of the wanted name was found, and this is another one. True when the task names none. */
  readonly named: boolean;
  /** The name the model gave to the function, where it was changed to the wanted one; else null. */
  readonly renamedFrom: string | null;
  readonly rejected: Rejection | null;
}

/**
 * The function a task asks for, out of a model's output: reasoning, prose, fences, `main`, example calls and whatever
 * else it does not need are left out; helpers, types, constants and imports it uses are kept. Deterministic, and never
 * throws over what a model wrote.
 *
 * Complete means that the function parses with a body; text cut off inside a statement, bracket, string or before a
 * block's first statement is noticed, a cut between two statements of Python is not. For Java and C# the code is the
 * member without its class, imports (those the prompt lacks) above it.
 *
 * @throws {CodejuryError} `engine` when the language's grammar cannot be loaded.
 */
export async function cleanText(request: CleanRequest): Promise<CleanedText> {
  const options = { ...defaultCleanOptions, ...request.options };
  const text = normalizeOutput(request.text);
  const found = await settled(
    request,
    await bestExtraction(request, text, options.maxCodeLength),
    options.maxCodeLength,
  );
  const renamed = await renamedCode(request, found, options.maxCodeLength);
  const code = renamed ?? found.code;
  const named = found.named || renamed !== null;
  const renamedFrom = renamed === null ? null : found.name;
  const rejected = found.rejection ?? (options.asciiOnly ? nonAscii(code) : null);
  if (rejected !== null) {
    const kept = clipped(code);
    return { code: kept, dedupeKey: hashParts('rejected', kept), named, renamedFrom, rejected };
  }
  const dedupeKey = options.dedupe === 'exact' ? code : await tokenKey(request.language, code);
  return { code, dedupeKey, named, renamedFrom, rejected: null };
}

/**
 * The code under the name that the task asks for; null when it has that name, or cannot take it: because that is the
 * name of something else in it, or because it would no longer be the function that is found.
 */
async function renamedCode(
  request: CleanRequest,
  found: Extraction,
  maxCodeLength: number,
): Promise<string | null> {
  const wanted = wantedName(request.task, request.language);
  if (found.named || found.name === null || found.rejection !== null || wanted === null) {
    return null;
  }
  const renamed = renameFunction(request.language, found.code, found.name, wanted);
  if (renamed === null) {
    return null;
  }
  const again = await bestExtraction({ ...request, form: 'chat' }, renamed, maxCodeLength);
  return again.named && again.rejection === null && again.code === renamed ? renamed : null;
}

/**
 * Cleans what was accepted again, as an answer, until nothing changes: error recovery in the middle of noise can make a
 * function of what is none by itself.
 */
async function settled(request: CleanRequest, found: Extraction, maxCodeLength: number): Promise<Extraction> {
  let current = found;
  for (let round = 0; round < MAX_ROUNDS && current.rejection === null; round++) {
    const text = normalizeOutput(current.code);
    const again = await bestExtraction({ ...request, form: 'chat' }, text, maxCodeLength);
    if (again.rejection !== null) {
      return {
        ...current,
        rejection: { reason: 'incomplete', detail: `by itself: ${again.rejection.detail}` },
      };
    }
    if (again.code === current.code) {
      return current;
    }
    current = again;
  }
  return current.rejection === null
    ? { ...current, rejection: { reason: 'incomplete', detail: 'no part of it stands by itself' } }
    : current;
}

function nonAscii(code: string): Rejection | null {
  const index = [...Array(code.length).keys()].find((offset) => code.charCodeAt(offset) > 127);
  if (index === undefined) {
    return null;
  }
  const line = code.slice(0, index).split('\n').length;
  return {
    reason: 'non-ascii',
    detail: `line ${line}: ${JSON.stringify(String.fromCodePoint(code.codePointAt(index) ?? 0))}`,
  };
}

function clipped(code: string): string {
  const end = /[\ud800-\udbff]/.test(code[REJECTED_TEXT_LENGTH - 1] ?? '')
    ? REJECTED_TEXT_LENGTH - 1
    : REJECTED_TEXT_LENGTH;
  return code.slice(0, end);
}
