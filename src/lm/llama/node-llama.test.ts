import { describe, expect, test } from 'vitest';
import { describeLlamaEngine } from './describe-llama-engine.ts';
import { loadNodeLlamaLibrary, NODE_LLAMA_VERSION, startNodeLlama } from './node-llama.ts';
import { resolveThreads } from './threads.ts';

const missing = () => Promise.reject(new Error("Cannot find package 'node-llama-cpp'"));

describe('node-llama-cpp', () => {
  test('missing: an error with the one command that installs it', async () => {
    await expect(loadNodeLlamaLibrary(missing)).rejects.toMatchObject({
      code: 'engine',
      hint: 'run: npm install node-llama-cpp@3.22.1',
    });
  });

  test('of another version is refused', async () => {
    const library = await loadNodeLlamaLibrary();
    const other = () => Promise.resolve({ ...library, getModuleVersion: () => Promise.resolve('3.9.0') });
    await expect(loadNodeLlamaLibrary(other)).rejects.toMatchObject({
      code: 'engine',
      message: 'the embedded engine needs node-llama-cpp 3.22.1, found 3.9.0',
    });
  });

  test('is started once for each GPU setting', async () => {
    expect(await startNodeLlama('off')).toBe(await startNodeLlama('off'));
  });

  test.skipIf(process.platform === 'darwin')(
    'does not compute on the processor when a GPU was named',
    async () => {
      await expect(startNodeLlama('metal')).rejects.toMatchObject({ code: 'engine', hint: 'set gpu to off' });
    },
  );
});

describe('describeLlamaEngine', () => {
  test('tells what works here', async () => {
    const description = await describeLlamaEngine();
    expect(description).toMatchObject({ available: true, version: NODE_LLAMA_VERSION, problem: null });
    expect(description.gpus).toContain('off');
  });

  test('tells what to install where the package is missing', async () => {
    expect(await describeLlamaEngine(missing)).toMatchObject({
      available: false,
      version: null,
      gpus: [],
      problem: { hint: 'run: npm install node-llama-cpp@3.22.1' },
    });
  });
});

describe('resolveThreads', () => {
  test.each([
    [null, 1, 1],
    [null, 2, 1],
    [null, 4, 3],
    [null, 64, 8],
    [3, 4, 3],
    [3, 2, 2],
  ])('asked %s with %s cores: %s', (asked, cores, expected) => {
    expect(resolveThreads(asked, cores)).toBe(expected);
  });
});
