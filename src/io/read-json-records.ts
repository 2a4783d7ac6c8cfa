import { CodejuryError } from '../errors.ts';
import { readChunks } from './read-chunks.ts';
import { readLines } from './read-lines.ts';
import { refusePipe } from './refuse-pipe.ts';
import { splitJson } from './split-json.ts';

/** One record of a file of JSON records. */
export interface JsonRecord {
  readonly value: Readonly<Record<string, unknown>>;
  /** As it was written: numbers that a double cannot hold, or `1.0` beside `1`, are still there. */
  readonly text: string;
  /** The line it begins in, from 1. */
  readonly line: number;
}

/** How the records lie in a file: one a line, the elements of an array, or documents of several lines. */
type Layout = 'lines' | 'array' | 'records' | 'documents';

/** Enough to see how a file begins, in bytes. */
const HEAD_BYTES = 1 << 16;

/**
 * The objects of a JSON file in bounded memory, gzip or not: JSON lines, a JSON array, an object `{"RECORDS": […]}`, or a
 * single object written over several lines. Blank lines are skipped.
 *
 * Python writes NaN and Infinity where JSON has no number: they are read as null, and `text` still says them.
 *
 * @param keepInfinity Infinity is read as the number that it is
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line: what `readLines` says, text that is not JSON, a value
 * that is no object, a pipe.
 */
export async function* readJsonRecords(path: string, keepInfinity = false): AsyncGenerator<JsonRecord> {
  await refusePipe(path);
  const layout = await layoutOf(path);
  if (layout === 'lines') {
    for await (const { text, number } of readLines(path)) {
      if (text.trim() !== '') {
        yield parseRecord(text, path, number, keepInfinity);
      }
    }
    return;
  }
  const depth = layout === 'documents' ? 0 : layout === 'array' ? 1 : 2;
  for await (const { bytes, line } of splitJson(readChunks(path), path, depth)) {
    yield parseRecord(decode(bytes, path, line), path, line, keepInfinity);
  }
}

async function layoutOf(path: string): Promise<Layout> {
  const head = (await readHead(path)).trimStart();
  if (head.startsWith('[')) {
    return 'array';
  }
  if (/^\{\s*"RECORDS"\s*:\s*\[/.test(head)) {
    return 'records';
  }
  const end = head.indexOf('\n');
  // A first line that opens more than it closes is not one record a line.
  return end > 0 && head.startsWith('{') && opensMore(head.slice(0, end)) ? 'documents' : 'lines';
}

/** The beginning of the file, as far as it can be read; whoever reads all of it says what is wrong with the rest. */
async function readHead(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of readChunks(path)) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= HEAD_BYTES) {
        break;
      }
    }
  } catch (error) {
    if (!(error instanceof CodejuryError)) {
      throw error;
    }
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function opensMore(line: string): boolean {
  // Whole strings, or one that the line cuts off: brackets in them do not count.
  const bare = line.replace(/"(?:[^"\\]|\\.)*(?:"|$)/g, '');
  const count = (pattern: RegExp) => bare.match(pattern)?.length ?? 0;
  return (
    count(/[{[]/g) > count(/[}\]]/g) && !/"(?:[^"\\]|\\.)*$/.test(line.replace(/"(?:[^"\\]|\\.)*"/g, ''))
  );
}

function decode(bytes: Buffer, path: string, line: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CodejuryError('usage', `${path}:${line}: expected UTF-8 text, received other bytes`, { cause });
  }
}

function parseRecord(text: string, path: string, line: number, keepInfinity: boolean): JsonRecord {
  const value = parse(text, path, line, keepInfinity);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const received = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new CodejuryError('usage', `${path}:${line}: expected a JSON object, received ${received}`, {
      hint: 'each line must be one JSON object',
    });
  }
  return { value: value as Record<string, unknown>, text, line };
}

function parse(text: string, path: string, line: number, keepInfinity: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const strict = withoutPythonNumbers(text, keepInfinity);
    if (strict !== text) {
      return parse(strict, path, line, keepInfinity);
    }
    throw new CodejuryError('usage', `${path}:${line}: not JSON: ${(error as Error).message}`, {
      hint: 'expected one JSON object a line',
      cause: error,
    });
  }
}

/** A scan, not one pattern: strings of megabytes, and strings that the file cuts off, take no more than their length. */
function withoutPythonNumbers(text: string, keepInfinity: boolean): string {
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    const quote = text.indexOf('"', start);
    const outside = quote < 0 ? text.slice(start) : text.slice(start, quote);
    // JSON has no word for Infinity, but numbers that are too large for a double.
    const finite = keepInfinity ? outside.replace(/\bInfinity\b/g, '1e999') : outside;
    parts.push(finite.replace(/-?\b(?:NaN|Infinity)\b/g, 'null'));
    const end = quote < 0 ? text.length : endOfString(text, quote);
    parts.push(text.slice(start + outside.length, end));
    start = end;
  }
  return parts.join('');
}

/** Where the string that begins at `quote` ends, or the text. */
function endOfString(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
}
