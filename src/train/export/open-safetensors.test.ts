import { writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeSafetensors, withHeader } from '../../../test/support/encode-safetensors.ts';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { openSafetensors } from './open-safetensors.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

async function openBytes(bytes: Uint8Array) {
  await writeFile(folder.path('x.safetensors'), bytes);
  return await openSafetensors(folder.path('x.safetensors'));
}

const entry = (dtype: unknown, shape: unknown, offsets: unknown) =>
  JSON.stringify({ a: { dtype, shape, data_offsets: offsets } });

describe('openSafetensors', () => {
  it('reads any stretch of a tensor', async () => {
    const file = await openBytes(
      encodeSafetensors({ a: { shape: [3], values: [1, 2, 3] }, b: { shape: [2, 1], values: [4, 5] } }),
    );
    expect([...file.tensors.values()].map(({ name, shape }) => [name, shape])).toEqual([
      ['a', [3]],
      ['b', [2, 1]],
    ]);
    expect([...(await file.read('a', 1, 2))]).toEqual([2, 3]);
    expect([...(await file.read('b', 0, 2))]).toEqual([4, 5]);
    await expect(file.read('a', 2, 2)).rejects.toThrow('no values');
    await file.close();
  });

  it('reads half precision of both kinds', async () => {
    const header = JSON.stringify({
      f16: { dtype: 'F16', shape: [2], data_offsets: [0, 4] },
      bf16: { dtype: 'BF16', shape: [2], data_offsets: [4, 8] },
    });
    const file = await openBytes(withHeader(header, Uint8Array.of(0, 0x3c, 0, 0xc0, 0x80, 0x3f, 0, 0xc0)));
    expect([...(await file.read('f16', 0, 2))]).toEqual([1, -2]);
    expect([...(await file.read('bf16', 0, 2))]).toEqual([1, -2]);
    await file.close();
  });

  it.each([
    ['nothing', Buffer.alloc(3), '3 bytes'],
    ['a header longer than the file', withHeader('{}', Buffer.alloc(0)).fill(0xff, 0, 4), 'header is said'],
    ['no JSON', withHeader('{"a"', Buffer.alloc(4)), 'not a JSON object'],
    ['a list', withHeader('[]', Buffer.alloc(4)), 'not a JSON object'],
    ['no shape', withHeader('{"a":1}', Buffer.alloc(4)), 'no shape'],
    ['a negative size', withHeader(entry('F32', [-1], [0, 4]), Buffer.alloc(4)), 'no shape'],
    ['a size beyond numbers', withHeader(entry('F32', [1e300], [0, 4]), Buffer.alloc(4)), 'no shape'],
    ['another type', withHeader(entry('I64', [1], [0, 8]), Buffer.alloc(8)), 'type "I64"'],
    ['a type that objects have', withHeader(entry('constructor', [1], [0, 4]), Buffer.alloc(4)), 'type'],
    ['data beyond the end', withHeader(entry('F32', [2], [0, 8]), Buffer.alloc(4)), 'does not fit'],
    ['a shape unlike its data', withHeader(entry('F32', [2], [0, 4]), Buffer.alloc(4)), 'does not fit'],
    ['offsets turned round', withHeader(entry('F32', [1], [4, 0]), Buffer.alloc(4)), 'does not fit'],
  ])('%s is told', async (_, bytes, message) => {
    await expect(openBytes(bytes)).rejects.toMatchObject({
      code: 'model',
      message: expect.stringContaining(message),
    });
  });

  it('two tensors in the same place', async () => {
    const place = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
    await expect(
      openBytes(withHeader(JSON.stringify({ a: place, b: place }), Buffer.alloc(4))),
    ).rejects.toThrow('lies on another');
  });
});
