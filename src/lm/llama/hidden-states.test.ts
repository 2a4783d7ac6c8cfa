import { readdir, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TINY_LABELS, temporaryFolder, tinyOptions } from '../../../test/support/tiny-model.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import { writeTinyLora } from '../../testing/write-tiny-lora.ts';
import { type HiddenStateRequest, type LanguageModel, requireCapability } from '../language-model.ts';
import type { LlamaModelOptions } from './llama-model-options.ts';
import { openLlamaModel } from './open-llama-model.ts';

const folder = await temporaryFolder();
const opened: LanguageModel[] = [];
let model: LanguageModel;

async function open(overrides: Partial<LlamaModelOptions> = {}): Promise<LanguageModel> {
  const options = tinyOptions(folder.path('tiny.gguf'), {
    digest: 'abc',
    derivedFolder: folder.path('derived'),
    ...overrides,
  });
  const result = await openLlamaModel(options);
  opened.push(result);
  return result;
}

beforeAll(async () => {
  await writeTinyGguf(folder.path('tiny.gguf'), { contextSize: 1024 });
  model = await open();
});

afterAll(async () => {
  await Promise.all(opened.map((each) => each.dispose()));
  await folder.remove();
});

async function read(overrides: Partial<HiddenStateRequest> = {}, from = model) {
  const { durationMs: _time, ...states } = await requireCapability(
    from,
    'hiddenStates',
  )({
    kind: 'text',
    system: null,
    shared: 'a b c ',
    own: 'd e f',
    after: ' g h',
    layer: 2,
    ...overrides,
  });
  return states;
}

function distance(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, index) => value - (b[index] ?? Number.NaN)));
}

describe('hiddenStates', () => {
  test('the mean is over the states at its tokens, and the last one is that of the last token', async () => {
    // The last token of the shared part (a space) is read with the candidate's.
    const pair = await read({ shared: 'a b ', own: 'c', after: ' d' });
    expect(pair.ownTokens).toBe(2);
    expect(pair.mean).toHaveLength(64);
    const atSpace = await read({ shared: 'a', own: ' b', after: ' ' });
    const atC = await read({ shared: 'a ', own: 'b', after: ' c' });
    const expected = atC.last.map((value, index) => (value + (atSpace.last[index] ?? Number.NaN)) / 2);
    expect(distance(pair.mean, expected)).toBeLessThan(1e-3);
    expect(distance(pair.mean, atC.last)).toBeGreaterThan(0.1);
  });

  test('answers the same whatever was asked before, evaluating the shared part once', async () => {
    const first = await read({ kind: 'chat' });
    const other = await read({ kind: 'chat', own: 'x y z w' });
    const again = await read({ kind: 'chat' });
    expect(first.cachedTokens).toBe(0);
    expect(again.cachedTokens).toBeGreaterThan(0);
    expect(again).toEqual({ ...first, cachedTokens: again.cachedTokens });
    expect(distance(first.last, other.last)).toBeGreaterThan(0);
    const { scoreLabels } = model;
    await scoreLabels?.({
      kind: 'chat',
      system: null,
      shared: 'q',
      own: 'r',
      labels: TINY_LABELS,
    });
    expect((await read({ kind: 'chat' })).mean).toEqual(first.mean);
  });

  test('layers differ, and each has its file, made once and named after the digest', async () => {
    const outer = await read();
    const inner = await read({ layer: 1 });
    expect(distance(outer.last, inner.last)).toBeGreaterThan(0.1);
    expect((await readdir(folder.path('derived'))).sort()).toEqual(['abc-1.gguf', 'abc-2.gguf']);
    const { mtimeMs } = await stat(folder.path('derived/abc-1.gguf'));
    expect(await read({ layer: 1 }, await open())).toEqual({ ...inner, cachedTokens: 0 });
    expect((await stat(folder.path('derived/abc-1.gguf'))).mtimeMs).toBe(mtimeMs);
    expect(model.layerCount).toBe(2);
  });

  test('an adapter changes the states of the layers it is for, by its strength', async () => {
    const path = folder.path('lora.gguf');
    await writeTinyLora(path);
    const [adapted, idle] = await Promise.all(
      [1, 0].map((scale) => open({ adapter: { path, scale, digest: 'lora' } })),
    );
    for (const layer of [1, 2]) {
      const base = await read({ layer });
      expect(distance((await read({ layer }, adapted)).mean, base.mean)).toBeGreaterThan(0.1);
      expect(distance((await read({ layer }, idle)).mean, base.mean)).toBeLessThan(1e-3);
    }
    expect(await readdir(folder.path('derived'))).toContain('lora-1.lora.gguf');
  });

  test('an adapter of upper layers leaves the states of lower ones alone', async () => {
    const path = folder.path('upper.gguf');
    await writeTinyLora(path, { layers: [1] });
    const adapted = await open({ adapter: { path, scale: 1, digest: 'upper' } });
    expect((await read({ layer: 1 }, adapted)).mean).toEqual((await read({ layer: 1 })).mean);
    const upper = await read({ layer: 2 }, adapted);
    expect(distance(upper.mean, (await read({ layer: 2 })).mean)).toBeGreaterThan(0.1);
  });

  test('a candidate longer than a chunk is averaged over all of its tokens', async () => {
    const long = await read({ own: 'd e f '.repeat(120) });
    expect(long.ownTokens).toBeGreaterThan(512);
    expect(long.mean.every(Number.isFinite)).toBe(true);
  });

  test.each([
    [{ layer: 3 }, 'usage'],
    [{ layer: 0 }, 'usage'],
    [{ own: '' }, 'usage'],
    [{ own: 'd '.repeat(2000) }, 'context-length'],
    [{ signal: AbortSignal.abort() }, 'aborted'],
  ] as const)('refuses %o', async (overrides, code) => {
    await expect(read(overrides)).rejects.toMatchObject({ code });
  });

  test('a model without a folder for derived files has no hidden states', async () => {
    const { derivedFolder: _folder, ...options } = tinyOptions(folder.path('tiny.gguf'));
    const without = await openLlamaModel(options);
    opened.push(without);
    expect(() => requireCapability(without, 'hiddenStates')).toThrow(/cannot show hidden states/);
  });
});
