import { CodejuryError } from '../errors.ts';
import { LONGEST_LINE_BYTES, tooLong } from './read-lines.ts';

/** One JSON value cut out of a longer text, not parsed. */
export interface JsonPiece {
  readonly bytes: Buffer;
  /** The line it begins in, from 1. */
  readonly line: number;
}

/** A value whose end has not come yet. */
interface Begun {
  readonly line: number;
  readonly pieces: Buffer[];
  bytes: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);

/**
 * Cuts the objects at nesting depth `depth` out of JSON text that arrives in pieces: 0 = objects one after another, however
 * many lines each takes; 1 = the elements of one array; 2 = those of one array in an object. Only brackets and strings are
 * looked at; whoever parses the pieces finds the other mistakes.
 *
 * @throws {CodejuryError} `usage` naming the line: the text ends within a value, a piece is longer than `longestBytes`.
 */
export async function* splitJson(
  chunks: AsyncIterable<Buffer>,
  path: string,
  depth: 0 | 1 | 2,
  longestBytes = LONGEST_LINE_BYTES,
): AsyncGenerator<JsonPiece> {
  let level = 0;
  let line = 1;
  let inString = false;
  let escaped = false;
  let begun: Begun | null = null;
  const keep = (piece: Begun, bytes: Buffer) => {
    piece.pieces.push(bytes);
    piece.bytes += bytes.length;
    if (piece.bytes > longestBytes) {
      throw tooLong(path, piece.line, longestBytes);
    }
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] as number;
      if (byte === LINE_FEED) {
        line += 1;
      }
      if (inString) {
        inString = escaped || byte !== QUOTE;
        escaped = !escaped && byte === BACKSLASH;
      } else if (byte === QUOTE) {
        inString = true;
      } else if (OPENING.has(byte)) {
        if (level === depth && begun === null) {
          begun = { line, pieces: [], bytes: 0 };
          start = index;
        }
        level += 1;
      } else if (CLOSING.has(byte)) {
        level -= 1;
        if (begun !== null && level === depth) {
          keep(begun, chunk.subarray(start, index + 1));
          yield { bytes: Buffer.concat(begun.pieces), line: begun.line };
          begun = null;
        } else if (level < 0) {
          throw new CodejuryError(
            'usage',
            `${path}:${line}: not JSON: a bracket is closed that was not opened`,
          );
        }
      }
    }
    if (begun !== null) {
      keep(begun, chunk.subarray(start));
    }
  }
  if (level > 0 || inString) {
    throw new CodejuryError(
      'usage',
      `${path}:${line}: the file ends in the middle of a JSON value${begun === null ? '' : ` that begins in line ${begun.line}`}`,
      { hint: 'the download or copy was not complete; fetch the file again' },
    );
  }
}
