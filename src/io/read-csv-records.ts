import { Readable } from 'node:stream';
import { CodejuryError } from '../errors.ts';
import { readChunks } from './read-chunks.ts';
import { LONGEST_LINE_BYTES } from './read-lines.ts';

/** One row of a CSV file. */
export interface CsvRecord {
  /** By the names in the header; every cell is a text. */
  readonly value: Readonly<Record<string, string>>;
  /** The line it begins in, from 1; blank lines before it may count less. */
  readonly line: number;
}

/** Codes of the package; one of them begins otherwise. */
const FAULT = /^CSV_|^INVALID_OPENING_QUOTE$/;

/** What the package says of a fault. */
interface CsvFault extends Error {
  readonly code: string;
  readonly lines?: number;
  readonly record?: readonly unknown[];
  readonly columns?: readonly unknown[];
}

/**
 * The rows of a CSV file with a header (RFC 4180), gzip or not, in bounded memory. A byte order mark and blank lines are skipped.
 *
 * @param delimiter between cells, one character
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line: what `readChunks` says, other bytes than UTF-8, a header that
 * names a column twice or not at all, a row of another length, a quote that is not closed.
 */
export async function* readCsvRecords(path: string, delimiter: string): AsyncGenerator<CsvRecord> {
  const { parse } = await import('csv-parse');
  const source = Readable.from(requireUtf8(path), { objectMode: false });
  const rows = parse({
    ...{ delimiter, bom: true, info: true, skip_empty_lines: true, max_record_size: LONGEST_LINE_BYTES },
    columns: (header: string[]) => checkHeader(path, header),
  });
  source.on('error', (error) => rows.destroy(error));
  try {
    for await (const { record, info } of source.pipe(rows)) {
      yield { value: record, line: info.lines - breaksIn(record) };
    }
  } catch (error) {
    throw faultOf(path, error);
  } finally {
    source.destroy();
    rows.destroy();
  }
}

/** The package would put other characters in place of what is no UTF-8. */
async function* requireUtf8(path: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of readChunks(path)) {
    try {
      decoder.decode(chunk, { stream: true });
    } catch (cause) {
      throw new CodejuryError('usage', `${path}: expected UTF-8 text, received other bytes`, {
        hint: 'is this a text file? other encodings must be converted to UTF-8 first',
        cause,
      });
    }
    yield chunk;
  }
}

function checkHeader(path: string, header: string[]): string[] {
  const names = header.map((name) => name.trim());
  const twice = names.find((name, index) => name === '' || names.indexOf(name) !== index);
  if (twice !== undefined) {
    const what = twice === '' ? 'a column without a name' : `two columns named "${twice}"`;
    throw new CodejuryError('usage', `${path}:1: ${what}`, {
      hint: 'the first line must name each column of the file once',
    });
  }
  return names;
}

function breaksIn(record: Readonly<Record<string, string>>): number {
  let breaks = 0;
  for (const cell of Object.values(record)) {
    if (cell.includes('\n')) breaks += cell.split('\n').length - 1;
  }
  return breaks;
}

function faultOf(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !FAULT.test(String(error.code))) return error;
  const { code, lines, record, columns } = error as CsvFault;
  const place = lines === undefined ? path : `${path}:${lines}`;
  const message = code.includes('INCONSISTENT')
    ? `expected ${columns?.length ?? '?'} cells as in the header, received ${record?.length ?? '?'}`
    : `not CSV: ${error.message}`;
  return new CodejuryError('usage', `${place}: ${message}`, {
    hint: 'cells that hold the delimiter, quotes or line breaks are written "in quotes", a quote in them twice',
    cause: error,
  });
}
