import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cannotWrite } from '../cannot-write.ts';
import { temporaryBeside } from '../temporary-beside.ts';
import { encodeGgufHeader, type GgufTensorPlan, padding } from './encode-gguf.ts';

/** A tensor whose data come in pieces: as many bytes as it says. */
export interface StreamedTensor extends GgufTensorPlan {
  readonly data: () => AsyncIterable<Uint8Array>;
}

/**
 * Writes a GGUF file of any size in little memory, so that a reader sees all of it or nothing: a temporary file in the same folder,
 * flushed, then renamed.
 *
 * @param entries metadata, encoded
 * @throws {CodejuryError} `disk-full`, or `usage` for a place that cannot be written; `aborted` when the signal fires.
 */
export async function writeGguf(
  file: string,
  entries: readonly Uint8Array[],
  tensors: readonly StreamedTensor[],
  options: { readonly alignment: number; readonly signal: AbortSignal },
): Promise<void> {
  const { alignment, signal } = options;
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (error) {
    throw cannotWrite(file, error);
  }
  const temporary = await temporaryBeside(file);
  try {
    await pipeline(
      bytesOf(entries, tensors, alignment),
      createWriteStream(temporary, { flags: 'wx', flush: true }),
      { signal },
    );
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw cannotWrite(file, error);
  }
}

async function* bytesOf(
  entries: readonly Uint8Array[],
  tensors: readonly StreamedTensor[],
  alignment: number,
): AsyncGenerator<Uint8Array> {
  yield encodeGgufHeader(entries, tensors, alignment);
  for (const { name, byteLength, data } of tensors) {
    let written = 0;
    for await (const piece of data()) {
      written += piece.length;
      yield piece;
    }
    if (written !== byteLength) throw new Error(`${name}: ${written} bytes instead of ${byteLength}`);
    yield padding(byteLength, alignment);
  }
}
