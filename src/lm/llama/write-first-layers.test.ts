import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { encodeGguf } from '../../io/gguf/encode-gguf.ts';
import { readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import { writeTinyLora } from '../../testing/write-tiny-lora.ts';
import { writeAdapterOfFirstLayers, writeFirstLayers } from './write-first-layers.ts';

const folder = await temporaryFolder();
beforeAll(() => writeTinyGguf(folder.path('base.gguf')));
afterAll(() => folder.remove());

async function dataOf(path: string): Promise<Map<string, Buffer>> {
  const [bytes, { tensors }] = [await readFile(path), await readGgufHeader(path)];
  return new Map(
    tensors.map(({ name, fileOffset, byteLength }) => [
      name,
      bytes.subarray(fileOffset, fileOffset + (byteLength ?? 0)),
    ]),
  );
}

describe('writeFirstLayers', () => {
  test('keeps what is outside the blocks and the first of them, byte for byte', async () => {
    const path = folder.path('deep/one.gguf');
    await writeFirstLayers(folder.path('base.gguf'), path, 1);
    const [base, kept] = [await dataOf(folder.path('base.gguf')), await dataOf(path)];
    const expected = [...base].filter(([name]) => !name.startsWith('blk.1.'));
    expect(kept).toEqual(new Map(expected));
    expect(expected.length).toBeLessThan(base.size);
    const values = new Map((await readGgufHeader(path)).entries.map(({ key, value }) => [key, value]));
    expect(values.get('llama.block_count')).toBe(1);
    expect(values.get('llama.pooling_type')).toBe(1);
    expect(values.get('general.architecture')).toBe('llama');
    expect(await readdir(folder.path('deep'))).toEqual(['one.gguf']);
  });

  test.each([0, 3, 1.5])('refuses %d of two layers', async (layers) => {
    const written = writeFirstLayers(folder.path('base.gguf'), folder.path('none.gguf'), layers);
    await expect(written).rejects.toMatchObject({ code: 'usage' });
  });

  test('refuses a model that describes its layers one by one, or comes in parts', async () => {
    const describe = { 'general.architecture': { type: 'string', value: 'x' } } as const;
    const count = { 'x.block_count': { type: 'uint32', value: 2 } } as const;
    for (const more of [
      { 'x.attention.head_count': { type: 'int32s', value: [1, 2] } },
      { 'split.count': { type: 'uint32', value: 3 } },
    ] as const) {
      await writeFile(folder.path('odd.gguf'), encodeGguf({ ...describe, ...count, ...more }, []));
      const written = writeFirstLayers(folder.path('odd.gguf'), folder.path('none.gguf'), 1);
      await expect(written).rejects.toMatchObject({ code: 'capability' });
    }
  });
});

describe('writeAdapterOfFirstLayers', () => {
  test('keeps what concerns the first layers, byte for byte, and all that the file says', async () => {
    const [source, target] = [folder.path('lora.gguf'), folder.path('lora-1.gguf')];
    await writeTinyLora(source);
    expect(await writeAdapterOfFirstLayers(source, target, 1)).toBe(true);
    const expected = [...(await dataOf(source))].filter(([name]) => name.startsWith('blk.0.'));
    expect(await dataOf(target)).toEqual(new Map(expected));
    expect(expected).toHaveLength(2);
    expect((await readGgufHeader(target)).entries).toEqual((await readGgufHeader(source)).entries);
  });

  test('writes nothing where nothing is left', async () => {
    const values = Float32Array.of(1);
    const tensors = [{ name: 'blk.1.ffn_down.weight.lora_a', dimensions: [1], values }];
    await writeFile(folder.path('upper.gguf'), encodeGguf({}, tensors));
    const [source, target] = [folder.path('upper.gguf'), folder.path('nothing.gguf')];
    expect(await writeAdapterOfFirstLayers(source, target, 1)).toBe(false);
    expect(await readdir(folder.path(''))).not.toContain('nothing.gguf');
  });
});
