import type { Task } from '../contracts/task.ts';
import type { Language } from '../lang/language.ts';
import { functionNameOf, parameterCountOf } from '../lang/signature.ts';
import type { WantedFunction } from './choose-target.ts';
import type { CodeUnit } from './code-unit.ts';
import { extractWithGrammar } from './extract-with-grammar.ts';
import { extractWithoutGrammar } from './extract-without-grammar.ts';
import type { Extraction } from './extraction.ts';
import { locateDefinitions } from './locate-definitions.ts';
import { readUnits, type SourceBlock } from './read-units.ts';
import {
  beginningSources,
  type ChatSourcesRequest,
  chatSources,
  completionSources,
  promptFromSignature,
} from './sources.ts';

export interface ExtractionRequest {
  readonly task: Pick<Task, 'signature' | 'entryPoint' | 'prompt'>;
  readonly language: Language;
  readonly form: 'chat' | 'completion';
}

/** What to take from a normalised output. */
export async function bestExtraction(
  request: ExtractionRequest,
  text: string,
  maxCodeLength: number,
): Promise<Extraction> {
  const reader = await readerOf(request, text, maxCodeLength);
  const { wanted, given, chat } = reader;
  const tooLarge: Extraction = {
    code: text,
    named: false,
    name: null,
    rejection: { reason: 'too-large', detail: `${text.length} characters, at most ${maxCodeLength}` },
    conclusive: false,
  };
  const extractions: Extraction[] = [];
  let isTooLarge = false;
  const sources = request.form === 'chat' ? chatSources(chat) : completionSources(chat, given);
  for (const { blocks, isBeginning } of sources) {
    if (isOver(reader, blocks)) {
      isTooLarge = true;
      continue;
    }
    const extraction = await extract(reader, blocks);
    const isAccepted = extraction?.named === true && extraction.rejection === null;
    if (isAccepted && (!isBeginning || extraction.conclusive)) {
      return extraction;
    }
    extractions.push(...(extraction === null || isBeginning ? [] : [extraction]));
  }
  return (
    extractions.find(({ named }) => named) ??
    extractions.find(({ rejection }) => rejection === null) ??
    extractions[0] ??
    (isTooLarge ? tooLarge : notFound(text, wanted))
  );
}

/**
 * What `bestExtraction` gives for every answer that goes on from this text, written up to the end of a line; null where that cannot
 * be told.
 */
export async function conclusiveExtraction(
  request: Omit<ExtractionRequest, 'form'>,
  text: string,
  maxCodeLength: number,
): Promise<Extraction | null> {
  const reader = await readerOf({ ...request, form: 'chat' }, text, maxCodeLength);
  for (const { blocks } of beginningSources(reader.chat)) {
    const extraction = isOver(reader, blocks) ? null : await extract(reader, blocks);
    if (extraction?.conclusive === true) {
      return extraction;
    }
  }
  return null;
}

interface Reader {
  readonly language: Language;
  readonly wanted: WantedFunction;
  /** What a completion continues. */
  readonly given: string;
  readonly imports: readonly CodeUnit[];
  readonly chat: ChatSourcesRequest;
}

async function readerOf(request: ExtractionRequest, text: string, maxLength: number): Promise<Reader> {
  const { task, language } = request;
  const given = task.prompt ?? promptFromSignature(language, task.signature, text);
  const wanted = wantedFunction(request, given);
  const imports = await importsOf(language, task.prompt ?? '');
  return { language, wanted, given, imports, chat: { language, text, name: wanted.name, maxLength } };
}

function isOver({ given, chat }: Reader, blocks: readonly SourceBlock[]): boolean {
  return blocks.reduce((length, { code }) => length + code.length, 0) > chat.maxLength + given.length;
}

async function importsOf(language: Language, prompt: string): Promise<CodeUnit[]> {
  const units = await readUnits(language, { code: prompt, givenLength: 0, ownEnd: prompt.length }, 0);
  return units.filter((unit) => unit.kind === 'import');
}

async function extract(
  { language, wanted, imports }: Reader,
  blocks: readonly SourceBlock[],
): Promise<Extraction | null> {
  return language.grammar === null
    ? extractWithoutGrammar(language, wanted, blocks.map(({ code }) => code).join('\n\n'))
    : extractWithGrammar(language, wanted, blocks, imports);
}

function wantedFunction({ task, language, form }: ExtractionRequest, given: string): WantedFunction {
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
    conclusive: false,
  };
}

/** The name of the function a task asks for; null when it does not tell. */
export function wantedName(task: ExtractionRequest['task'], language: Language): string | null {
  return task.entryPoint?.split(/\.|::/).at(-1) ?? functionNameOf(language, task.signature);
}
