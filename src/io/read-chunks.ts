import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CodejuryError } from '../errors.ts';
import { errorCode } from './error-code.ts';

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** How much is read at a time, in bytes. */
const CHUNK_BYTES = 1 << 16;

/**
 * The content of a file in pieces, gunzipped when it begins like gzip whatever its name says. Nothing is kept: an early
 * end of the iteration closes the file.
 *
 * @param line which line the reader of the chunks is in; damaged gzip data is found only while unpacking, so that is the
 * nearest place there is
 * @throws {CodejuryError} `not-found` when nothing is there; `usage` for a folder, a file that cannot be read, and gzip data
 * that is damaged or cut off.
 */
export async function* readChunks(path: string, line?: () => number): AsyncGenerator<Buffer> {
  await requireFile(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  let isGzip = false;
  try {
    const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await chunks.next();
    if (first.done) {
      return;
    }
    const all = (async function* () {
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => chunks };
    })();
    isGzip = GZIP_MAGIC.every((byte, index) => first.value[index] === byte);
    yield* isGzip ? gunzip(all) : all;
  } catch (error) {
    throw isGzip ? gzipFault(path, error, line) : readFault(path, error);
  } finally {
    file.destroy();
  }
}

async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(chunks, { objectMode: false, highWaterMark: CHUNK_BYTES });
  const inflated = createGunzip({ chunkSize: CHUNK_BYTES });
  source.on('error', (error) => inflated.destroy(error));
  try {
    yield* source.pipe(inflated) as AsyncIterable<Buffer>;
  } finally {
    source.destroy();
    inflated.destroy();
  }
}

/** @throws {CodejuryError} `not-found` or `usage` unless there is a file (or a pipe) of that name. */
async function requireFile(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isDirectory()) {
      return;
    }
  } catch (error) {
    throw readFault(path, error);
  }
  throw new CodejuryError('usage', `${path}: expected a file, received a folder`, {
    hint: 'name one file inside it',
  });
}

function readFault(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof CodejuryError || code === null) {
    return error;
  }
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? new CodejuryError('not-found', `${path}: no such file`, { hint: 'is the path right?', cause: error })
    : new CodejuryError('usage', `${path}: cannot be read (${code})`, { cause: error });
}

function gzipFault(path: string, error: unknown, line: (() => number) | undefined): unknown {
  const code = errorCode(error);
  if (!code?.startsWith('Z_')) {
    return readFault(path, error);
  }
  const place = line === undefined ? path : `${path}:${line()}`;
  const what = code === 'Z_BUF_ERROR' ? 'cut off' : 'damaged';
  return new CodejuryError('usage', `${place}: the gzip data is ${what}`, {
    hint: 'the download or copy was not complete; fetch the file again',
    cause: error,
  });
}
