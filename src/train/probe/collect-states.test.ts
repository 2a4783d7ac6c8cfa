import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { CodejuryError } from '../../errors.ts';
import type { HiddenStateRequest, LanguageModel } from '../../lm/language-model.ts';
import { collectStates } from './collect-states.ts';
import { openStateFile } from './state-file.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const task = { description: 'Add.', signature: 'def f(x):' };
const { signal } = new AbortController();

/** Fails at the candidate of this name. */
function modelOf(asked: string[], failing: string, code: 'context-length' | 'engine'): LanguageModel {
  return {
    name: 'fake',
    engine: 'fake',
    digest: null,
    contextSize: null,
    concurrency: 1,
    settings: {},
    hiddenStates: async ({ own }: HiddenStateRequest) => {
      asked.push(own);
      if (own === failing) throw new CodejuryError(code, 'no');
      const value = Float32Array.of(own.charCodeAt(0));
      return { mean: value, last: value, ownTokens: 1, promptTokens: 2, cachedTokens: 0, durationMs: 1 };
    },
    dispose: async () => undefined,
  };
}

async function collect(path: string, model: LanguageModel, codes: readonly string[]) {
  const file = await openStateFile(folder.path(path), signal);
  const progress: number[][] = [];
  try {
    const states = await collectStates({
      model,
      file,
      layer: 1,
      layout: 'compact',
      promptKind: 'text',
      rows: codes.map((code) => ({ task, code })),
      signal,
      onProgress: (...counts) => progress.push(counts),
    });
    return { states: states.map((each) => each?.mean[0] ?? null), progress };
  } finally {
    await file.close();
  }
}

describe('collectStates', () => {
  it('goes on where it stopped, and computes nothing twice', async () => {
    const first: string[] = [];
    await expect(collect('a.bin', modelOf(first, 'c', 'engine'), ['a', 'b', 'c', 'd'])).rejects.toMatchObject(
      {
        code: 'engine',
      },
    );
    const second: string[] = [];
    const { states, progress } = await collect('a.bin', modelOf(second, '', 'engine'), ['a', 'b', 'c', 'd']);
    expect(first).toEqual(['a', 'b', 'c']);
    expect(second).toEqual(['c', 'd']);
    expect(states).toEqual([97, 98, 99, 100]);
    expect(progress).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [4, 2],
    ]);
  });

  it('has none of a prompt that is too long, and of an empty candidate', async () => {
    const { states } = await collect('b.bin', modelOf([], 'b', 'context-length'), ['a', 'b', ' ', 'c']);
    expect(states).toEqual([97, null, null, 99]);
  });
});
