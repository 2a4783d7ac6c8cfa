import { writeFile } from 'node:fs/promises';
import { encodeGguf, type GgufTensor } from '../io/gguf/encode-gguf.ts';
import { seededRandom } from '../util/random.ts';

export interface TinyLoraOptions {
  /** Seed of the random weights; default 1. */
  readonly seed?: number;
  /** Width of the model it is for; default 64, as in `writeTinyGguf`. */
  readonly width?: number;
  /** Architecture it says it is for; default `llama`. */
  readonly architecture?: string;
  /** The layers it changes; default both. */
  readonly layers?: readonly number[];
}

const RANK = 4;
const ALL_LAYERS = [0, 1];

/**
 * Writes a GGUF LoRA adapter of rank 4 for the feed-forward output of a model by `writeTinyGguf` with random weights
 * and the same width; strong enough to change what the model says. The same options give the same bytes.
 */
export async function writeTinyLora(path: string, options: TinyLoraOptions = {}): Promise<void> {
  const { seed = 1, width = 64, architecture = 'llama', layers = ALL_LAYERS } = options;
  const random = seededRandom(seed);
  const matrix = (inputs: number, outputs: number): Float32Array =>
    Float32Array.from({ length: inputs * outputs }, () => random() * 2 - 1);
  const tensors = layers.flatMap((layer): GgufTensor[] => [
    { name: `blk.${layer}.ffn_down.weight.lora_a`, dimensions: [width, RANK], values: matrix(width, RANK) },
    { name: `blk.${layer}.ffn_down.weight.lora_b`, dimensions: [RANK, width], values: matrix(RANK, width) },
  ]);
  await writeFile(
    path,
    encodeGguf(
      {
        'general.architecture': { type: 'string', value: architecture },
        'general.type': { type: 'string', value: 'adapter' },
        'adapter.type': { type: 'string', value: 'lora' },
        'adapter.lora.alpha': { type: 'float32', value: RANK },
      },
      tensors,
    ),
  );
}
