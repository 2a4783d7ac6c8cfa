import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { cannotWrite } from '../../io/cannot-write.ts';
import { encodeEntry, encodeGgufHeader, padding } from '../../io/gguf/encode-gguf.ts';
import { type GgufHeader, type GgufTensorEntry, readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { temporaryBeside } from '../../io/temporary-beside.ts';

/** llama.cpp's number for the mean over the tokens of a batch. */
const MEAN_POOLING = 1;

/**
 * Writes a model of the first layers of another: its embeddings, so many of its blocks, its last norm. Such a file is how
 * llama.cpp, which gives away only what comes out of the last layer, shows what comes out of an inner one; and the layers
 * above cost nothing. The file says that embeddings are means over tokens. It is written under another name and renamed, so that it is whole once it is there.
 *
 * @param layers at least 1, at most as many as the model has
 * @throws {CodejuryError} `usage` for another number of layers; `capability` for a model whose blocks cannot be told apart;
 *   `not-found`, `model`, `disk-full`.
 */
export async function writeFirstLayers(source: string, target: string, layers: number): Promise<void> {
  const header = await readGgufHeader(source);
  const { architecture, layerCount } = describeLayers(header, source);
  if (!(Number.isInteger(layers) && layers >= 1 && layers <= layerCount)) {
    throw new CodejuryError(
      'usage',
      `layers: expected an integer from 1 to ${layerCount}, received ${layers}`,
    );
  }
  const changed = [`${architecture}.block_count`, `${architecture}.pooling_type`];
  const entries = [
    ...header.entries.filter(({ key }) => !changed.includes(key)).map(({ bytes }) => bytes),
    encodeEntry(`${architecture}.block_count`, { type: 'uint32', value: layers }),
    encodeEntry(`${architecture}.pooling_type`, { type: 'uint32', value: MEAN_POOLING }),
  ];
  const kept = header.tensors.filter(({ name }) => (blockOf(name) ?? 0) < layers);
  const plans = kept.map((tensor) => ({ ...tensor, byteLength: byteLengthOf(tensor, source) }));
  try {
    await mkdir(dirname(target), { recursive: true });
    const temporary = await temporaryBeside(target);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(encodeGgufHeader(entries, plans, header.alignment));
      for (const { fileOffset, byteLength } of plans) {
        if (byteLength > 0) {
          const data = createReadStream(source, { start: fileOffset, end: fileOffset + byteLength - 1 });
          for await (const piece of data) await file.writeFile(piece as Buffer);
        }
        await file.writeFile(padding(byteLength, header.alignment));
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

/** @throws {CodejuryError} `capability` for files in several parts, and models that describe their layers one by one. */
function describeLayers(
  { entries }: GgufHeader,
  source: string,
): { readonly architecture: string; readonly layerCount: number } {
  const metadata = (key: string) => entries.find((entry) => entry.key === key)?.value;
  const architecture = String(metadata('general.architecture'));
  const layerCount = metadata(`${architecture}.block_count`);
  const parts = metadata('split.count');
  // A list of the architecture has an element for each layer, and would have to be cut as well.
  const list = entries.find(({ key, value }) => value === null && key.startsWith(`${architecture}.`));
  if (typeof layerCount !== 'number' || (parts !== undefined && Number(parts) > 1) || list !== undefined) {
    throw new CodejuryError('capability', `the first layers of ${source} cannot be taken out of it`, {
      hint: 'use a model in one file whose layers are alike, e.g. of the llama or qwen2 architecture',
    });
  }
  return { architecture, layerCount };
}

/** The number of the block a tensor belongs to; null for those outside. */
function blockOf(name: string): number | null {
  const number = /^blk\.(\d+)\./.exec(name)?.[1];
  return number === undefined ? null : Number(number);
}

function byteLengthOf({ name, type, byteLength }: GgufTensorEntry, source: string): number {
  if (byteLength === null) {
    throw new CodejuryError('capability', `${source}: the type ${type} of tensor ${name} is not known here`, {
      hint: 'use another quantisation of the model, e.g. Q8_0 or Q4_K_M',
    });
  }
  return byteLength;
}
