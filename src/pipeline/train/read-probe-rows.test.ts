import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { CodejuryError } from '../../errors.ts';
import type { LanguageModel, Prompt } from '../../lm/language-model.ts';
import { type ProbeRow, readEvidence } from './read-probe-rows.ts';
import type { TrainProgress } from './train-progress.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const task = { id: 't', problem: null, language: 'python', description: 'Add.', signature: 'def f(x):' };
const rowsOf = (codes: readonly string[]): ProbeRow[] => codes.map((code) => ({ task, code, label: 1 }));

/** Fails at one code; its numbers tell codes apart. */
function modelOf(asked: string[], failing: string, code: 'context-length' | 'engine'): LanguageModel {
  return {
    name: 'fake',
    engine: 'fake',
    digest: 'abc',
    contextSize: null,
    concurrency: 1,
    settings: {},
    hiddenStates: async ({ own }) => {
      asked.push(`states ${own}`);
      const value = Float32Array.of(own.charCodeAt(0));
      return { mean: value, last: value, ownTokens: 1, promptTokens: 2, cachedTokens: 0, durationMs: 1 };
    },
    scoreText: async ({ prompt, text }) => {
      asked.push(`likelihood ${text}`);
      expect(prompt).toEqual({ kind: 'text', text: 'Add.\n\ndef f(x):\n\n' });
      if (text === failing) throw new CodejuryError(code, 'no');
      return { logProbability: -text.charCodeAt(0), tokenCount: 2 };
    },
    dispose: async () => undefined,
  };
}

function optionsOf(home: string, seen: TrainProgress[] = [], notices: string[] = []) {
  return {
    env: { CODEJURY_HOME: folder.path(home) },
    signal: new AbortController().signal,
    layout: 'compact',
    promptKind: 'text',
    onProgress: (progress: TrainProgress) => seen.push(progress),
    onNotice: (text: string) => notices.push(text),
  } as const;
}

describe('readEvidence', () => {
  it('goes on where it stopped, and asks for nothing twice', async () => {
    const asked: string[] = [];
    const rows = rowsOf(['a', 'b', 'c']);
    const failing = readEvidence(modelOf(asked, 'c', 'engine'), 1, rows, 'states+likelihood', optionsOf('a'));
    await expect(failing).rejects.toMatchObject({ code: 'engine' });
    const later: string[] = [];
    const seen: TrainProgress[] = [];
    const model = modelOf(later, '', 'engine');
    const found = await readEvidence(model, 1, rows, 'states+likelihood', optionsOf('a', seen));
    expect(asked).toEqual(['likelihood a', 'likelihood b', 'likelihood c']);
    expect(later).toEqual(['likelihood c', 'states a', 'states b', 'states c']);
    expect(found.likelihoods).toEqual({
      prompt: 'text',
      values: [97, 98, 99].map((n) => ({ logProbability: -n, tokenCount: 2 })),
    });
    expect(found.states.map(({ mean }) => mean[0])).toEqual([97, 98, 99]);
    expect(seen[1]).toEqual({ kind: 'scoring code', done: 2, total: 3, secondsLeft: null });
    const again = await readEvidence(model, 1, rows, 'states+likelihood', optionsOf('a'));
    expect(again.likelihoods).toEqual(found.likelihoods);
    expect(later).toHaveLength(4);
  });

  it('leaves out what is empty or too long, and says how many', async () => {
    const notices: string[] = [];
    const rows = rowsOf(['a', 'b', ' ', 'c']);
    const model = modelOf([], 'b', 'context-length');
    const found = await readEvidence(model, 1, rows, 'states+likelihood', optionsOf('b', [], notices));
    expect(found.rows.map(({ code }) => code)).toEqual(['a', 'c']);
    expect(found.states.map(({ mean }) => mean[0])).toEqual([97, 99]);
    expect(found.likelihoods?.values).toHaveLength(2);
    expect(notices).toEqual([expect.stringContaining('too long for the model: 2 rows')]);
  });

  it('asks an instruct model as it is asked to write, without its adapter', async () => {
    const prompts: Prompt[] = [];
    const base: LanguageModel = {
      ...modelOf([], '', 'engine'),
      countTokens: async () => 1,
      scoreText: async ({ prompt }) => {
        prompts.push(prompt);
        return { logProbability: -1, tokenCount: 1 };
      },
    };
    const adapted = { ...modelOf([], 'a', 'engine'), base };
    const { likelihoods } = await readEvidence(
      adapted,
      1,
      rowsOf(['a']),
      'states+likelihood',
      optionsOf('d'),
    );
    expect(likelihoods?.prompt).toBe('chat');
    expect(prompts).toEqual([
      {
        kind: 'chat',
        messages: [{ role: 'user', content: expect.stringContaining('Write a Python function') }],
      },
    ]);
    const faulty = { ...base, countTokens: async () => Promise.reject(new CodejuryError('engine', 'gone')) };
    const failing = readEvidence(faulty, 1, rowsOf(['a']), 'states+likelihood', optionsOf('e'));
    await expect(failing).rejects.toMatchObject({ code: 'engine' });
    const noTemplate = async () => Promise.reject(new CodejuryError('capability', 'a base model'));
    const plain = { ...modelOf([], '', 'engine'), countTokens: noTemplate };
    const asText = await readEvidence(plain, 1, rowsOf(['a']), 'states+likelihood', optionsOf('f'));
    expect(asText.likelihoods?.prompt).toBe('text');
  });

  it('asks for no likelihood where states alone decide', async () => {
    const asked: string[] = [];
    const found = await readEvidence(
      modelOf(asked, '', 'engine'),
      1,
      rowsOf(['a']),
      'states',
      optionsOf('c'),
    );
    expect(found.likelihoods).toBeNull();
    expect(asked).toEqual(['states a']);
  });
});
