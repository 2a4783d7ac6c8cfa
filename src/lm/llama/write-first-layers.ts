import { CodejuryError } from '../../errors.ts';
import { encodeEntry } from '../../io/gguf/encode-gguf.ts';
import { type GgufHeader, readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { copyTensors } from './copy-tensors.ts';

/** llama.cpp's number for the mean over the tokens of a batch. */
const MEAN_POOLING = 1;

/**
 * Writes a model of the first layers of another: its embeddings, so many of its blocks, its last norm. Such a file is how
 * llama.cpp, which gives away only what comes out of the last layer, shows what comes out of an inner one; and the layers
 * above cost nothing. The file says that embeddings are means over tokens.
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
  await copyTensors(source, target, {
    entries,
    alignment: header.alignment,
    tensors: header.tensors.filter(({ name }) => (blockOf(name) ?? 0) < layers),
  });
}

/**
 * Writes an adapter for such a file: without what it does to the layers that the file lacks.
 *
 * @returns false, and no file, when nothing of it is left
 * @throws {CodejuryError} `not-found`, `model`, `disk-full`.
 */
export async function writeAdapterOfFirstLayers(
  source: string,
  target: string,
  layers: number,
): Promise<boolean> {
  const header = await readGgufHeader(source);
  const tensors = header.tensors.filter(({ name }) => (blockOf(name) ?? 0) < layers);
  if (tensors.length === 0) return false;
  const entries = header.entries.map(({ bytes }) => bytes);
  await copyTensors(source, target, { entries, alignment: header.alignment, tensors });
  return true;
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
