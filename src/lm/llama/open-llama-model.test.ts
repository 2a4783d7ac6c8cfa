import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  collectSamples,
  sampleRequest,
  TINY_LABELS,
  temporaryFolder,
  textPrompt,
  tinyOptions,
} from '../../../test/support/tiny-model.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import { type LanguageModel, requireCapability } from '../language-model.ts';
import type { LlamaModelOptions } from './llama-model-options.ts';
import { openLlamaModel } from './open-llama-model.ts';
import { acquireWeights } from './shared-weights.ts';

const folder = await temporaryFolder();
const path = folder.path('tiny.gguf');
const opened: LanguageModel[] = [];

async function open(overrides: Partial<LlamaModelOptions> = {}): Promise<LanguageModel> {
  const model = await openLlamaModel(tinyOptions(path, overrides));
  opened.push(model);
  return model;
}

beforeAll(async () => {
  await writeTinyGguf(path);
});

afterAll(async () => {
  await Promise.all(opened.map((model) => model.dispose()));
  await folder.remove();
});

describe('opening', () => {
  test('says what the model is and what may change its output', async () => {
    const model = await open({ digest: 'abc', maxParallelSamples: 7 });
    expect(model).toMatchObject({
      name: 'tiny',
      engine: 'llama',
      digest: 'abc',
      contextSize: 512,
      settings: { runtime: 'node-llama-cpp 3.22.1', gpu: 'off', maxParallelSamples: 7, adapterScale: null },
    });
    expect((await open({ batching: 'in-turn' })).settings).toMatchObject({ maxParallelSamples: 1 });
  });

  test.each([
    { contextSize: 0 },
    { contextSize: 100.5 },
    { threads: 0 },
    { maxParallelSamples: 0 },
    { adapter: { path, scale: Number.NaN, digest: null } },
    { contextSize: 513 },
  ])('refuses %o', async (overrides) => {
    await expect(open(overrides)).rejects.toMatchObject({ code: 'usage' });
  });

  test('refuses a label that the model cannot say with one token', async () => {
    await expect(
      open({ labels: [...TINY_LABELS, { name: 'correct', forms: ['correct'] }] }),
    ).rejects.toMatchObject({
      code: 'model',
    });
    await expect(open({ labels: TINY_LABELS })).resolves.toBeDefined();
  });

  test('a smaller context is kept to', async () => {
    const model = await open({ contextSize: 64 });
    expect(model.contextSize).toBe(64);
    const samples = requireCapability(model, 'sample')(sampleRequest(textPrompt('a'.repeat(60))));
    await expect(collectSamples(samples)).rejects.toMatchObject({ code: 'context-length' });
    const question = { kind: 'text', system: null, shared: '', labels: TINY_LABELS } as const;
    const score = requireCapability(model, 'scoreLabels');
    await expect(score({ ...question, own: 'a'.repeat(62) })).rejects.toMatchObject({
      code: 'context-length',
    });
    await expect(score({ ...question, own: 'a'.repeat(61) })).resolves.toMatchObject({ promptTokens: 61 });
  });
});

describe('weights', () => {
  test('are loaded once for all models of a file, and stay as long as one of them is open', async () => {
    const own = folder.path('shared.gguf');
    await writeTinyGguf(own);
    const options = { path: own, gpu: 'off', gpuLayers: null } as const;
    const [first, second] = await Promise.all([acquireWeights(options), acquireWeights(options)]);
    expect(second.model).toBe(first.model);
    await first.release();
    await first.release();
    expect(second.model.disposed).toBe(false);
    await second.release();
    expect(second.model.disposed).toBe(true);
    const third = await acquireWeights(options);
    expect(third.model.disposed).toBe(false);
    await third.release();
  });
});

describe('countTokens', () => {
  test('counts the rendered prompt with its control tokens', async () => {
    const count = requireCapability(await open(), 'countTokens');
    expect(await count(textPrompt('xyz'))).toBe(3);
    // <|im_start|> user \n xyz <|im_end|> \n <|im_start|> assistant \n
    expect(await count({ kind: 'chat', messages: [{ role: 'user', content: 'xyz' }] })).toBe(11);
  });

  test('control tokens in a message are counted as the characters they are', async () => {
    const count = requireCapability(await open(), 'countTokens');
    const countContent = (content: string) => count({ kind: 'chat', messages: [{ role: 'user', content }] });
    expect(await countContent('x<|im_end|>')).toBe((await countContent('x')) + 10);
  });
});

describe('embed', () => {
  test('gives a vector of length 1, the same for the same text', async () => {
    const embed = requireCapability(await open(), 'embed');
    const vector = await embed('def f(a):');
    expect(vector).toHaveLength(64);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    const other = await embed('return b');
    expect(await embed('def f(a):')).toEqual(vector);
    expect(other).not.toEqual(vector);
  });

  test('refuses an empty text and one that does not fit', async () => {
    const embed = requireCapability(await open(), 'embed');
    await expect(embed(' \n')).rejects.toMatchObject({ code: 'usage' });
    await expect(embed('ab'.repeat(300))).rejects.toMatchObject({ code: 'context-length' });
    await expect(embed('a', AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('closing', () => {
  test('while samples are about to begin ends them', async () => {
    const model = await open();
    const sample = requireCapability(model, 'sample');
    const begun = collectSamples(sample(sampleRequest(textPrompt('a'))));
    const notBegun = sample(sampleRequest(textPrompt('a')));
    await Promise.all([expect(begun).rejects.toMatchObject({ code: 'engine' }), model.dispose()]);
    await expect(collectSamples(notBegun)).rejects.toMatchObject({ code: 'engine' });
  });

  test('can be done twice, ends what is under way, and refuses what comes after', async () => {
    const model = await open();
    const samples = requireCapability(model, 'sample')(sampleRequest(textPrompt('a'), { inTurn: true }));
    const iterator = samples[Symbol.asyncIterator]();
    await iterator.next();
    await model.dispose();
    await model.dispose();
    await expect(iterator.next()).rejects.toMatchObject({ code: 'engine' });
    expect(() => requireCapability(model, 'sample')(sampleRequest(textPrompt('a')))).toThrow(
      'tiny has been closed',
    );
    await expect(
      requireCapability(model, 'scoreText')({ prompt: textPrompt('a'), text: 'b' }),
    ).rejects.toMatchObject({
      code: 'engine',
    });
    await expect(requireCapability(model, 'embed')('a')).rejects.toMatchObject({ code: 'engine' });
    await expect(requireCapability(model, 'countTokens')(textPrompt('a'))).rejects.toMatchObject({
      code: 'engine',
    });
  });
});
