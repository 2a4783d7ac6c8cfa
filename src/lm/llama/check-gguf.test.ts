import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, tinyOptions } from '../../../test/support/tiny-model.ts';
import { writeTinyGguf, writeTinyLora } from '../../testing/index.ts';
import { openLlamaModel } from './open-llama-model.ts';

const folder = await temporaryFolder();

beforeAll(async () => {
  await writeTinyGguf(folder.path('model.gguf'));
  await writeTinyLora(folder.path('lora.gguf'));
});

afterAll(async () => {
  await folder.remove();
});

/** The error of opening a file, with an adapter if given. */
async function failureOf(model: string, adapter: string | null = null): Promise<unknown> {
  const opening = openLlamaModel(
    tinyOptions(folder.path(model), {
      adapter: adapter === null ? null : { path: folder.path(adapter), scale: 1, digest: null },
    }),
  );
  return await opening.then(
    async (opened) => {
      await opened.dispose();
      return null;
    },
    (error: unknown) => error,
  );
}

describe('a model file', () => {
  test('that does not exist', async () => {
    expect(await failureOf('nothing.gguf')).toMatchObject({ code: 'not-found' });
  });

  test('that is a folder', async () => {
    expect(await failureOf('.')).toMatchObject({ code: 'model' });
  });

  test.each([
    ['', 'it is empty'],
    ['<!DOCTYPE html><html>', 'it is a web page'],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:0', 'it is a Git LFS pointer'],
    ['PK\u0003\u0004rest', 'it is a zip archive'],
    ['plain text that goes on for a while', 'its first bytes are not those of GGUF'],
  ])('that begins with %j', async (content, reason) => {
    await writeFile(folder.path('wrong.gguf'), content);
    const failure = await failureOf('wrong.gguf');
    expect(failure).toMatchObject({ code: 'model' });
    expect(String(failure)).toContain(`is not a GGUF file: ${reason}`);
  });

  test('that is cut off anywhere', async () => {
    const whole = await readFile(folder.path('model.gguf'));
    for (const share of [0.0001, 0.01, 0.03, 0.5, 0.999]) {
      await writeFile(folder.path('cut.gguf'), whole.subarray(0, Math.floor(whole.length * share) + 8));
      const failure = await failureOf('cut.gguf');
      expect(failure).toMatchObject({ code: 'model' });
      expect(String(failure)).toMatch(/cut off/);
    }
  });

  test('with garbage in its header', async () => {
    const bytes = await readFile(folder.path('model.gguf'));
    bytes.fill(0xff, 8, 40);
    await writeFile(folder.path('garbage.gguf'), bytes);
    expect(await failureOf('garbage.gguf')).toMatchObject({ code: 'model' });
  });

  test('that is an adapter', async () => {
    expect(await failureOf('lora.gguf')).toMatchObject({
      code: 'model',
      hint: expect.stringContaining('base model'),
    });
  });
});

describe('an adapter file', () => {
  test('that fits opens', async () => {
    expect(await failureOf('model.gguf', 'lora.gguf')).toBeNull();
  });

  test('that does not exist', async () => {
    expect(await failureOf('model.gguf', 'nothing.gguf')).toMatchObject({ code: 'not-found' });
  });

  test('that is a model', async () => {
    expect(String(await failureOf('model.gguf', 'model.gguf'))).toContain('is not a LoRA adapter');
  });

  test('that is cut off or none says how adapters are had', async () => {
    const whole = await readFile(folder.path('lora.gguf'));
    await writeFile(folder.path('cut.gguf'), whole.subarray(0, whole.length - 100));
    await writeFile(folder.path('text.gguf'), 'plain text');
    for (const name of ['cut.gguf', 'text.gguf']) {
      expect(await failureOf('model.gguf', name)).toMatchObject({
        code: 'model',
        hint: expect.stringMatching(/adapter.*`codejury train`/),
      });
    }
  });

  test('for a model of another width names the tensor', async () => {
    await writeTinyLora(folder.path('wide.gguf'), { width: 128 });
    const failure = await failureOf('model.gguf', 'wide.gguf');
    expect(failure).toMatchObject({ code: 'model' });
    expect(String(failure)).toContain(
      "tensor blk.0.ffn_down.weight.lora_a is 128 x 4, the model's is 64 x 64",
    );
  });

  test('for another architecture', async () => {
    await writeTinyLora(folder.path('qwen.gguf'), { architecture: 'qwen2' });
    expect(String(await failureOf('model.gguf', 'qwen.gguf'))).toContain(
      'is for architecture qwen2, the model is llama',
    );
  });
});
