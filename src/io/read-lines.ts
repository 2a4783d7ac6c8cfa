import { CodejuryError } from '../errors.ts';
import { formatBytes } from './format-bytes.ts';
import { readChunks } from './read-chunks.ts';

/**
 * Most bytes of one line or one record. The largest records of the known benchmarks (tests with big inputs) take some MiB; a
 * longer one is another kind of file, and must not fill the memory.
 */
export const LONGEST_LINE_BYTES = 32 * 1024 * 1024;

export interface Line {
  /** Without its line break and without a byte order mark. */
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

const LINE_FEED = 0x0a;

/**
 * The lines of a UTF-8 text file, gzip or not, in bounded memory. A file that ends with a line break has no empty last line.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming the file and, where it lies in a line, the line: no file, damaged
 * gzip, a line longer than `longestBytes`, text that is not UTF-8.
 */
export async function* readLines(path: string, longestBytes = LONGEST_LINE_BYTES): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let pieces: Buffer[] = [];
  let pendingBytes = 0;
  let number = 0;

  const take = (end: Buffer): Line => {
    number += 1;
    const bytes = pieces.length === 0 ? end : Buffer.concat([...pieces, end]);
    pieces = [];
    pendingBytes = 0;
    return { text: decodeLine(decoder, bytes, path, number), number };
  };
  const checkLength = (bytes: number) => {
    if (bytes > longestBytes) {
      throw tooLong(path, number + 1, longestBytes);
    }
  };

  for await (const chunk of readChunks(path, () => number + 1)) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      checkLength(pendingBytes + end - start);
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    pendingBytes += chunk.length - start;
    checkLength(pendingBytes);
    if (start < chunk.length) {
      pieces.push(chunk.subarray(start));
    }
  }
  if (pendingBytes > 0) {
    yield take(Buffer.alloc(0));
  }
}

/** The error of a line or record that is longer than allowed. */
export function tooLong(path: string, line: number, longestBytes: number): CodejuryError {
  return new CodejuryError(
    'usage',
    `${path}:${line}: expected at most ${formatBytes(longestBytes)} in one record, received more`,
    { hint: 'is this the right file? each line must be one JSON object' },
  );
}

/** The text of one line. */
function decodeLine(decoder: TextDecoder, bytes: Buffer, path: string, number: number): string {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (cause) {
    throw new CodejuryError('usage', `${path}:${number}: expected UTF-8 text, received other bytes`, {
      hint: 'is this a text file? other encodings must be converted to UTF-8 first',
      cause,
    });
  }
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
