import type { Language } from '../lang/language.ts';
import { maskSource } from '../lang/split-source.ts';
import { type FencedBlock, fencedBlocks } from './fenced-blocks.ts';
import { locateDefinitions } from './locate-definitions.ts';
import type { SourceBlock } from './read-units.ts';
import { unindent } from './unit-text.ts';

/** Characters of the prompt that a completion may repeat; fewer may be chance. */
const MIN_OVERLAP = 16;
const MAX_OVERLAP = 4000;

/** More beginnings of an answer are not tried: a model that repeats itself would have hundreds. */
const MAX_BEGINNINGS = 4;

/** A place where the function may be. */
export interface Source {
  /** Read together. */
  readonly blocks: readonly SourceBlock[];
  /** More blocks follow: what is found in these counts only if it is conclusive. */
  readonly isBeginning: boolean;
}

/** What to look for in an answer. */
export interface ChatSourcesRequest {
  readonly language: Language;
  readonly text: string;
  /** The function asked for; null when the task does not tell. */
  readonly name: string | null;
  /** Of a longer text only the blocks are looked into. */
  readonly maxLength: number;
}

/**
 * Where to look in the answer of a chat model, best first: the text itself if it starts like code (what looks like a
 * fence may be in a docstring), blocks tagged with the language, code before a lone closing
 * fence, untagged blocks, other blocks, the whole text, and what looks like definitions in it. Computed as far as asked for.
 */
export function* chatSources(request: ChatSourcesRequest): Generator<Source> {
  const { language, text, maxLength } = request;
  const raw = withoutMargin(text);
  if (startsWithCode(language, raw)) {
    yield whole([raw]);
  }
  const { blocks, before } = fencedBlocks(text);
  const own = blocks.filter(({ tag }) => language.fences.includes(tag));
  const untagged = blocks.filter(({ tag }) => tag === '');
  // The prompt may have opened the block that the first fence closes.
  const opened =
    blocks[0]?.tag === '' && before.length <= maxLength && definitionsOnly(language, before) !== null;
  const others = blocks.filter(({ tag }) => tag !== '' && !language.fences.includes(tag));
  // The last one is what comes next anyway.
  yield* beginningsOf(request, own).filter(({ blocks: beginning }) => beginning.length < own.length);
  for (const group of [own, opened ? [{ code: before }] : [], untagged, others]) {
    if (group.length > 0) {
      yield whole(group.map(({ code }) => withoutMargin(code)));
    }
  }
  yield whole([raw]);
  const definitions = raw.length > maxLength ? null : definitionsOnly(language, raw);
  if (definitions !== null && definitions !== raw) {
    yield whole([definitions]);
  }
}

/**
 * The first of these that an unfinished answer, written up to the end of a line, has already. Whatever follows, `chatSources` gives them
 * before anything else (none while that cannot be told), so a conclusive function in one of them is the answer's.
 */
export function* beginningSources(request: ChatSourcesRequest): Generator<Source> {
  const { language, text } = request;
  const firstLine = text.replace(/^(?:[ \t]*\n)+/, '').split('\n', 1)[0] ?? '';
  // How far a whole text is moved to the left depends on what follows.
  if (startsWithCode(language, firstLine) || startsWithCode(language, firstLine.trimStart())) {
    return;
  }
  const { blocks, isOpen } = fencedBlocks(text);
  const own = blocks.filter(({ tag }) => language.fences.includes(tag));
  if (!isOpen) {
    yield* beginningsOf(request, own);
  }
}

/** The first blocks up to each that names the function. */
function* beginningsOf({ name }: ChatSourcesRequest, own: readonly FencedBlock[]): Generator<Source> {
  const naming = [...own.keys()].filter((index) => name !== null && own[index]?.code.includes(name));
  for (const index of naming.slice(0, MAX_BEGINNINGS)) {
    const blocks = own.slice(0, index + 1).map(({ code }) => ownBlock(withoutMargin(code)));
    yield { blocks, isBeginning: true };
  }
}

/**
 * Where to look in a base model's continuation of `given`, best first: joined as it stands, joined up to where the
 * function's block ends, joined without the end of `given` that it repeats, joined with the first line indented; then as
 * if a chat model had said it, since models repeat the function or answer in a fence.
 */
export function* completionSources(request: ChatSourcesRequest, given: string): Generator<Source> {
  const { language, text, maxLength } = request;
  const tried = new Set<string>();
  const parts = [text, withoutOverlap(given, text)];
  if (language.blockStyle === 'indentation') {
    parts.push(indented(language, given, text));
  }
  for (const part of parts) {
    for (const cut of [false, true]) {
      const completion = cut && part.length <= maxLength ? cutAfterBlock(language, given, part) : part;
      if (!tried.has(completion)) {
        tried.add(completion);
        const code = given + completion;
        yield { blocks: [{ code, givenLength: given.length, ownEnd: code.length }], isBeginning: false };
      }
    }
  }
  if (text.trim() !== '') {
    yield* chatSources(request);
  }
}

/** What a completion continues when the task has no prompt: the signature, its block opened. */
export function promptFromSignature(language: Language, signature: string, text: string): string {
  const header = signature.trimEnd();
  switch (language.blockStyle) {
    case 'braces':
      return header.endsWith('{') || text.trimStart().startsWith('{') ? `${header}\n` : `${header} {\n`;
    case 'indentation':
      return header.endsWith(':') || language.id !== 'python' ? `${header}\n` : `${header}:\n`;
    case 'keyword':
      return `${header}\n`;
  }
}

function whole(codes: readonly string[]): Source {
  return { blocks: codes.map(ownBlock), isBeginning: false };
}

function ownBlock(code: string): SourceBlock {
  return { code, givenLength: 0, ownEnd: code.length };
}

/** The text moved left as far as its least indented line allows; leading and trailing blank lines dropped. */
function withoutMargin(text: string): string {
  const lines = text
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .split('\n');
  let width = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const blanks = line.length - line.trimStart().length;
    width = line.trim() === '' ? width : Math.min(width, blanks);
  }
  return width === 0 ? lines.join('\n') : lines.map((line) => unindent(line, width)).join('\n');
}

/** Import lines and outermost definitions, prose left out; null when there is no definition. */
function definitionsOnly(language: Language, text: string): string | null {
  const definitions = locateDefinitions(language, text);
  if (definitions.length === 0) {
    return null;
  }
  const masked = maskSource(language, text).split('\n');
  let end = 0;
  const keep = new Set<number>();
  for (const { startLine, endLine } of definitions) {
    for (let line = Math.max(startLine, end); line < endLine; line++) {
      keep.add(line);
    }
    end = Math.max(end, endLine);
  }
  return text
    .split('\n')
    .filter((_, line) => keep.has(line) || language.patterns.import?.test(masked[line] ?? '') === true)
    .join('\n');
}

/** True when the first line defines or imports something, or is an attribute of what the next line defines. */
function startsWithCode(language: Language, text: string): boolean {
  const line = text.slice(0, MAX_OVERLAP).split('\n', 1)[0] ?? '';
  const { functions, type, import: imports, attribute } = language.patterns;
  return [...functions, type, imports, attribute].some((pattern) => pattern?.test(line) === true);
}

/** The completion without its beginning when `given` ends with that. */
function withoutOverlap(given: string, text: string): string {
  for (let length = Math.min(given.length, text.length, MAX_OVERLAP); length >= MIN_OVERLAP; length--) {
    if (given.endsWith(text.slice(0, length))) {
      return text.slice(length);
    }
  }
  return text;
}

/** The completion with its first line indented like a body, when the model left that out and goes on with a statement. */
function indented(language: Language, given: string, text: string): string {
  const first = text.replace(/^\n+/, '');
  if (first === '' || /^\s/.test(first) || startsWithCode(language, first)) {
    return text;
  }
  const last = given.trimEnd().split('\n').at(-1) ?? '';
  return (/^[ \t]+/.exec(last)?.[0] ?? '    ') + first;
}

/** The completion up to where the block that `given` left open ends; all of it when that cannot be told. */
function cutAfterBlock(language: Language, given: string, text: string): string {
  const definition = locateDefinitions(language, given + text).findLast(
    ({ headerLine }) => headerLine < given.split('\n').length,
  );
  if (definition === undefined || !definition.closed) {
    return text;
  }
  const whole = (given + text).split('\n').slice(0, definition.endLine).join('\n');
  return whole.length <= given.length ? text : `${whole.slice(given.length)}\n`;
}
