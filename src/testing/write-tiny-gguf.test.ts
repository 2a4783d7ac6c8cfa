import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/support/tiny-model.ts';
import { createTinyVocabulary } from './tiny-vocabulary.ts';
import { writeTinyGguf } from './write-tiny-gguf.ts';
import { writeTinyLora } from './write-tiny-lora.ts';

const folder = await temporaryFolder();

afterAll(() => folder.remove());

async function bytesOf(write: (path: string) => Promise<void>): Promise<Buffer> {
  const path = folder.path('file.gguf');
  await write(path);
  return await readFile(path);
}

describe('writeTinyGguf and writeTinyLora', () => {
  test('write the same bytes for the same options', async () => {
    expect(await bytesOf((path) => writeTinyGguf(path))).toEqual(
      await bytesOf((path) => writeTinyGguf(path)),
    );
    expect(await bytesOf((path) => writeTinyLora(path))).toEqual(
      await bytesOf((path) => writeTinyLora(path)),
    );
  });

  test('write other bytes for another seed', async () => {
    expect(await bytesOf((path) => writeTinyGguf(path, { seed: 2 }))).not.toEqual(
      await bytesOf((path) => writeTinyGguf(path)),
    );
    expect(await bytesOf((path) => writeTinyLora(path, { seed: 2 }))).not.toEqual(
      await bytesOf((path) => writeTinyLora(path)),
    );
  });

  test('a transition from or to an unknown token is an error', async () => {
    await expect(writeTinyGguf(folder.path('x.gguf'), { transitions: { nonsense: {} } })).rejects.toThrow(
      'no token "nonsense"',
    );
  });
});

describe('createTinyVocabulary', () => {
  test('has the control tokens, every byte and the words', () => {
    const { tokens, types, idOf } = createTinyVocabulary();
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(types.filter((type) => type === 3)).toHaveLength(3);
    expect(tokens[idOf('<|im_end|>')]).toBe('<|im_end|>');
    expect(tokens[idOf(' return')]).toBe('Ġreturn');
    expect(idOf('<0x61>')).toBe(idOf('a'));
  });
});
