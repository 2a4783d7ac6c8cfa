import type { Rejection } from '../contracts/candidate.ts';
import type { Task } from '../contracts/task.ts';
import type { Language } from '../lang/language.ts';
import { functionNameOf, parameterCountOf } from '../lang/signature.ts';
import { hashParts } from '../util/hash.ts';
import type { WantedFunction } from './choose-target.ts';
import type { CodeUnit } from './code-unit.ts';
import { tokenKey } from './dedupe-key.ts';
import { extractWithGrammar } from './extract-with-grammar.ts';
import { extractWithoutGrammar } from './extract-without-grammar.ts';
import type { Extraction } from './extraction.ts';
import { locateDefinitions } from './locate-definitions.ts';
import { normalizeOutput } from './normalize-output.ts';
import { readUnits } from './read-units.ts';
import { renameFunction } from './rename-function.ts';
import { chatSources, completionSources, promptFromSignature, type Source } from './sources.ts';

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

function wantedName(task: CleanRequest['task'], language: Language): string | null {
  return task.entryPoint?.split(/\.|::/).at(-1) ?? functionNameOf(language, task.signature);
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

async function bestExtraction(
  request: CleanRequest,
  text: string,
  maxCodeLength: number,
): Promise<Extraction> {
  const { task, language } = request;
  const given = task.prompt ?? promptFromSignature(language, task.signature, text);
  const wanted = wantedFunction(request, given);
  const tooLarge: Extraction = {
    code: text,
    named: false,
    name: null,
    rejection: { reason: 'too-large', detail: `${text.length} characters, at most ${maxCodeLength}` },
  };
  const extractions: Extraction[] = [];
  let isTooLarge = false;
  const imports = await importsOf(language, task.prompt ?? '');
  for (const source of sourcesOf(request, given, text, maxCodeLength)) {
    if (source.reduce((length, { code }) => length + code.length, 0) > maxCodeLength + given.length) {
      isTooLarge = true;
      continue;
    }
    const extraction = await extract(language, wanted, source, imports);
    if (extraction?.named === true && extraction.rejection === null) {
      return extraction;
    }
    extractions.push(...(extraction === null ? [] : [extraction]));
  }
  return (
    extractions.find(({ named }) => named) ??
    extractions.find(({ rejection }) => rejection === null) ??
    extractions[0] ??
    (isTooLarge ? tooLarge : notFound(text, wanted))
  );
}

function sourcesOf(
  { form, language }: CleanRequest,
  given: string,
  text: string,
  maxLength: number,
): Iterable<Source> {
  return form === 'chat'
    ? chatSources(language, text, maxLength)
    : completionSources(language, given, text, maxLength);
}

async function importsOf(language: Language, prompt: string): Promise<CodeUnit[]> {
  const units = await readUnits(language, { code: prompt, givenLength: 0, ownEnd: prompt.length }, 0);
  return units.filter((unit) => unit.kind === 'import');
}

async function extract(
  language: Language,
  wanted: WantedFunction,
  source: Source,
  imports: readonly CodeUnit[],
): Promise<Extraction | null> {
  return language.grammar === null
    ? extractWithoutGrammar(language, wanted, source.map(({ code }) => code).join('\n\n'))
    : extractWithGrammar(language, wanted, source, imports);
}

function wantedFunction({ task, language, form }: CleanRequest, given: string): WantedFunction {
  const declared = functionNameOf(language, task.signature);
  const opened =
    form === 'completion'
      ? locateDefinitions(language, given).findLast(({ name }) => name !== null)
      : undefined;
  const name = wantedName(task, language) ?? opened?.name ?? null;
  return {
    name,
    parameterCount: declared === name ? parameterCountOf(language, task.signature) : null,
    withoutClass: language.functionsAreMembers || language.methodSignature?.test(task.signature) === true,
  };
}

function notFound(text: string, wanted: WantedFunction): Extraction {
  const what = wanted.name === null ? 'no function' : `no function ${wanted.name} and no other`;
  return {
    code: text.trim(),
    named: false,
    name: null,
    rejection: {
      reason: 'no-code',
      detail: text.trim() === '' ? 'the output is empty' : `${what} was found`,
    },
  };
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
