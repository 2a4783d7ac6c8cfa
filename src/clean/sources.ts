import type { Language } from '../lang/language.ts';
import { maskSource } from '../lang/split-source.ts';
import { fencedBlocks } from './fenced-blocks.ts';
import { locateDefinitions } from './locate-definitions.ts';
import type { SourceBlock } from './read-units.ts';
import { unindent } from './unit-text.ts';

/** Characters of the prompt that a completion may repeat; fewer may be chance. */
const MIN_OVERLAP = 16;
const MAX_OVERLAP = 4000;

/** A place where the function may be: one or more blocks that are read together. */
export type Source = readonly SourceBlock[];

/**
 * Where to look in the answer of a chat model, best first: the text itself if it starts like code (what looks like a
 * fence may be in a docstring), blocks tagged with the language, code before a lone closing
 * fence, untagged blocks, other blocks, the whole text, and what looks like definitions in it. Computed as far as asked for;
 * of a text longer than `maxLength` only the blocks are looked into.
 */
export function* chatSources(language: Language, text: string, maxLength: number): Generator<Source> {
  const raw = withoutMargin(text);
  if (startsWithCode(language, raw)) {
    yield [ownBlock(raw)];
  }
  const { blocks, before } = fencedBlocks(text);
  const own = blocks.filter(({ tag }) => language.fences.includes(tag));
  const untagged = blocks.filter(({ tag }) => tag === '');
  // The prompt may have opened the block that the first fence closes.
  const opened =
    blocks[0]?.tag === '' && before.length <= maxLength && definitionsOnly(language, before) !== null;
  const others = blocks.filter(({ tag }) => tag !== '' && !language.fences.includes(tag));
  for (const group of [own, opened ? [{ code: before }] : [], untagged, others]) {
    if (group.length > 0) {
      yield group.map(({ code }) => ownBlock(withoutMargin(code)));
    }
  }
  yield [ownBlock(raw)];
  const definitions = raw.length > maxLength ? null : definitionsOnly(language, raw);
  if (definitions !== null && definitions !== raw) {
    yield [ownBlock(definitions)];
  }
}

/**
 * Where to look in a base model's continuation of `given`, best first: joined as it stands, joined up to where the
 * function's block ends, joined without the end of `given` that it repeats, joined with the first line indented; then as
 * if a chat model had said it, since models repeat the function or answer in a fence.
 */
export function* completionSources(
  language: Language,
  given: string,
  text: string,
  maxLength: number,
): Generator<Source> {
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
        yield [{ code, givenLength: given.length, ownEnd: code.length }];
      }
    }
  }
  if (text.trim() !== '') {
    yield* chatSources(language, text, maxLength);
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
