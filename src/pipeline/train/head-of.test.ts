import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { tinyTrainOptions } from '../../../test/support/train-options.ts';
import { encodeGguf, type GgufValue } from '../../io/gguf/encode-gguf.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import { headOf } from './head-of.ts';
import type { TrainOptions } from './train-options.ts';

const folder = await temporaryFolder();
const path = folder.path('base.gguf');
beforeAll(() => writeTinyGguf(path));
afterAll(() => folder.remove());

function find(overrides: Partial<TrainOptions>, kind: 'gguf' | 'transformers' = 'gguf') {
  const options = tinyTrainOptions({ dataset: 'd', model: path, out: 'o' }, { head: 'probe', ...overrides });
  return headOf({ kind, reference: path, path, digest: null }, options);
}

describe('headOf', () => {
  it('is none for judges that answer', async () => {
    expect(await find({ head: 'label', method: 'full' })).toBeNull();
  });

  it('reads the layer that was named, else that at two thirds', async () => {
    expect(await find({})).toMatchObject({ layer: 1, features: null });
    expect(await find({ probeLayers: [2], features: 'states' })).toMatchObject({
      layer: 2,
      features: 'states',
    });
  });

  it.each([
    [{ method: 'full' }, 'gguf', 'decoder with a LoRA'],
    [{ objective: 'rankef' }, 'gguf', 'decoder with a LoRA'],
    [{ architecture: 'encoder-decoder' }, 'gguf', 'decoder with a LoRA'],
    [{ fixPairs: 'pairs.jsonl' }, 'gguf', 'in one stage, not after --fix-pairs'],
    [{}, 'transformers', 'that the engine serves'],
    [{ probeLayers: [1, 2] }, 'gguf', 'a head reads one layer'],
    [{ probeLayers: [9] }, 'gguf', 'layers, received 9'],
  ] as const)('%o of a base %s is an error: %s', async (overrides, kind, message) => {
    await expect(find(overrides, kind)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });

  it.each([null, 0])('a base with %s layers is a faulty model', async (layers) => {
    const bare = folder.path(`${layers}.gguf`);
    const count: Record<string, GgufValue> =
      layers === null ? {} : { 'llama.block_count': { type: 'uint32', value: layers } };
    await writeFile(
      bare,
      encodeGguf({ 'general.architecture': { type: 'string', value: 'llama' }, ...count }, []),
    );
    const options = tinyTrainOptions({ dataset: 'd', model: bare, out: 'o' }, { head: 'probe' });
    const base = { kind: 'gguf', reference: bare, path: bare, digest: null } as const;
    await expect(headOf(base, options)).rejects.toMatchObject({
      code: 'model',
      message: expect.stringContaining('(llama.block_count)'),
      hint: expect.any(String),
    });
  });
});
