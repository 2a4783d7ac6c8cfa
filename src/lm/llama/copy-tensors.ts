import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { cannotWrite } from '../../io/cannot-write.ts';
import { encodeGgufHeader, padding } from '../../io/gguf/encode-gguf.ts';
import type { GgufTensorEntry } from '../../io/gguf/read-gguf-header.ts';
import { temporaryBeside } from '../../io/temporary-beside.ts';

interface CopiedParts {
  /** Metadata, as `encodeEntry` and the header of a file give them. */
  readonly entries: readonly Uint8Array[];
  readonly tensors: readonly GgufTensorEntry[];
  readonly alignment: number;
}

/**
 * Writes a GGUF file with these metadata and these tensors of another one, byte for byte. It is written under another name and
 * renamed, so that it is whole once it is there.
 *
 * @throws {CodejuryError} `capability` for a tensor whose length is not known; `disk-full`, and what the file system says.
 */
export async function copyTensors(
  source: string,
  target: string,
  { entries, tensors, alignment }: CopiedParts,
): Promise<void> {
  const plans = tensors.map((tensor) => ({ ...tensor, byteLength: byteLengthOf(tensor, source) }));
  try {
    await mkdir(dirname(target), { recursive: true });
    const temporary = await temporaryBeside(target);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(encodeGgufHeader(entries, plans, alignment));
      for (const { fileOffset, byteLength } of plans) {
        if (byteLength > 0) {
          const data = createReadStream(source, { start: fileOffset, end: fileOffset + byteLength - 1 });
          for await (const piece of data) await file.writeFile(piece as Buffer);
        }
        await file.writeFile(padding(byteLength, alignment));
      }
      await file.sync();
      await file.close();
      await rename(temporary, target);
    } catch (error) {
      await file.close();
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw cannotWrite(target, error);
  }
}

function byteLengthOf({ name, type, byteLength }: GgufTensorEntry, source: string): number {
  if (byteLength === null) {
    throw new CodejuryError('capability', `${source}: the type ${type} of tensor ${name} is not known here`, {
      hint: 'use another quantisation of the model, e.g. Q8_0 or Q4_K_M',
    });
  }
  return byteLength;
}
