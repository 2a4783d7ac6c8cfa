import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { throwIfAborted } from '../errors.ts';
import { createProgressMeter, type OnProgress } from './progress.ts';

const CHUNK_BYTES = 1024 * 1024;

/**
 * sha256 of the file in lower-case hex, read in pieces of a megabyte.
 *
 * @throws {CodejuryError} `aborted` when the signal fires; the system's error when the file cannot be read.
 */
export async function hashFile(
  file: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onProgress?: OnProgress | undefined } = {},
): Promise<string> {
  const { size } = await stat(file);
  const hash = createHash('sha256');
  const meter = createProgressMeter('verify', options.onProgress);
  let hashedBytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    throwIfAborted(options.signal);
    hash.update(chunk as Buffer);
    hashedBytes += (chunk as Buffer).length;
    meter.update(hashedBytes, size);
  }
  meter.finish(hashedBytes);
  return hash.digest('hex');
}
