import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { CodejuryError } from '../../errors.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import { seededRandom } from '../../util/random.ts';
import { encodeEntry, encodeGguf, encodeGgufHeader } from './encode-gguf.ts';
import { readGgufHeader } from './read-gguf-header.ts';
import { Q8_0, tensorBytes } from './tensor-types.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

async function headerOf(bytes: Uint8Array) {
  await writeFile(folder.path('x.gguf'), bytes);
  return await readGgufHeader(folder.path('x.gguf'));
}

describe('readGgufHeader', () => {
  it('finds metadata and tensors where they lie', async () => {
    const bytes = encodeGguf(
      {
        'general.architecture': { type: 'string', value: 'llama' },
        'a.number': { type: 'uint32', value: 7 },
        'a.share': { type: 'float32', value: 0.5 },
        'a.list': { type: 'strings', value: ['x', 'y'] },
        'a.flag': { type: 'bool', value: true },
      },
      [
        { name: 'one', dimensions: [3], values: Float32Array.of(1, 2, 3) },
        { name: 'two', dimensions: [2, 2], values: Float16Array.of(1, 2, 3, 4) },
      ],
    );
    const { entries, tensors, alignment } = await headerOf(bytes);
    expect(entries.map(({ key, value }) => [key, value])).toEqual([
      ['general.architecture', 'llama'],
      ['a.number', 7],
      ['a.share', 0.5],
      ['a.list', null],
      ['a.flag', true],
    ]);
    expect(
      tensors.map(({ name, dimensions, type, byteLength }) => [name, dimensions, type, byteLength]),
    ).toEqual([
      ['one', [3], 0, 12],
      ['two', [2, 2], 1, 8],
    ]);
    expect(alignment).toBe(32);
    expect(bytes.readFloatLE((tensors[0]?.fileOffset ?? 0) + 4)).toBe(2);
    expect(bytes.readUInt16LE(tensors[1]?.fileOffset)).toBe(0x3c00);
  });

  it('entries written again give the same header', async () => {
    await writeTinyGguf(folder.path('tiny.gguf'));
    const bytes = await readFile(folder.path('tiny.gguf'));
    const { entries, tensors } = await readGgufHeader(folder.path('tiny.gguf'));
    const again = encodeGgufHeader(
      entries.map((entry) => entry.bytes),
      tensors.map((tensor) => ({ ...tensor, byteLength: tensor.byteLength ?? 0 })),
    );
    expect(again.equals(bytes.subarray(0, again.length))).toBe(true);
    expect(again.length).toBe(tensors[0]?.fileOffset);
  });

  it('a header larger than the first piece', async () => {
    const tokens = Array.from({ length: 200_000 }, (_, index) => `token ${index}`);
    const { entries } = await headerOf(encodeGguf({ tokens: { type: 'strings', value: tokens } }, []));
    expect(entries[0]?.bytes.length).toBeGreaterThan(1 << 20);
  });

  it('a file cut off or damaged anywhere is a fault that is told, never a crash', async () => {
    await writeTinyGguf(folder.path('tiny.gguf'));
    const whole = await readFile(folder.path('tiny.gguf'));
    const { tensors } = await readGgufHeader(folder.path('tiny.gguf'));
    const headerLength = tensors[0]?.fileOffset ?? 0;
    for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.99999]) {
      await expect(headerOf(whole.subarray(0, whole.length * share))).rejects.toMatchObject({
        code: 'model',
      });
    }
    const random = seededRandom(1);
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.from(whole);
      for (let count = 0; count < 8; count++) {
        bytes[Math.floor(random() * headerLength)] = Math.floor(random() * 256);
      }
      const fault: unknown = await headerOf(bytes).then(
        () => null,
        (error: unknown) => error,
      );
      expect(fault === null || fault instanceof CodejuryError).toBe(true);
    }
  });

  it.each([
    ['no such file', 'missing.gguf', 'not-found'],
    ['a folder', '.', 'model'],
  ])('%s', async (_, name, code) => {
    await expect(readGgufHeader(folder.path(name))).rejects.toMatchObject({ code });
  });

  it('counts and lengths beyond the file', async () => {
    const bytes = encodeGgufHeader([encodeEntry('k', { type: 'string', value: 'v' })], []);
    bytes.writeBigUInt64LE(1n << 60n, 8);
    await expect(headerOf(bytes)).rejects.toThrow('larger than the file');
    bytes.writeBigUInt64LE(0n, 8);
    bytes.writeBigUInt64LE(1n << 62n, 24);
    await expect(headerOf(bytes)).rejects.toThrow('larger than the file');
  });
});

describe('tensorBytes', () => {
  it('counts blocks of rows', () => {
    expect(tensorBytes(Q8_0, [64, 3])).toBe(2 * 34 * 3);
    expect(tensorBytes(Q8_0, [33, 3])).toBeNull();
    expect(tensorBytes(999, [32])).toBeNull();
    expect(tensorBytes(0, [])).toBe(4);
  });
});
