import { describe, expect, it } from 'vitest';
import type { Probe } from '../contracts/probe.ts';
import type { HiddenStateRequest, LanguageModel, TextScoreRequest } from '../lm/language-model.ts';
import { createProbeStrategy } from './probe-strategy.ts';

const template = { method: 'probe', layout: 'compact', labels: null, promptKind: 'text' } as const;
const task = { id: 't', problem: null, language: 'python', description: 'Add.', signature: 'def add(a, b):' };

/** States that say how long the candidate is. */
function modelOf(asked: HiddenStateRequest[]): LanguageModel {
  return {
    name: 'fake',
    engine: 'fake',
    digest: null,
    contextSize: null,
    concurrency: 1,
    settings: {},
    hiddenStates: async (request) => {
      asked.push(request);
      return {
        mean: Float32Array.of(request.own.length, 1),
        last: Float32Array.of(0, 2),
        ownTokens: 1,
        promptTokens: 9,
        cachedTokens: 4,
        durationMs: 3,
      };
    },
    dispose: async () => undefined,
  };
}

function withLevel(likelihood: Probe['likelihood']) {
  return {
    probe: { layer: 7, pooling: 'mean' as const, coefficients: [0.5, 1], intercept: -2, likelihood },
    digest: 'abc',
  };
}

function strategy(coefficients: readonly number[], pooling: 'last' | 'mean' | 'both' = 'mean') {
  return createProbeStrategy(template, {
    probe: { layer: 7, pooling, coefficients: [...coefficients], intercept: -2, likelihood: null },
    digest: 'abc',
  });
}

describe('createProbeStrategy', () => {
  it('reads the layer of the probe for the prompt of the layout', async () => {
    const asked: HiddenStateRequest[] = [];
    const answer = await strategy([0.5, 1]).ask({ model: modelOf(asked), task, code: 'abcd\n' });
    expect(asked).toMatchObject([
      { kind: 'text', shared: 'Add.\n\ndef add(a, b):\n\n', own: 'abcd', after: '\n\n# Output:\n', layer: 7 },
    ]);
    // 4 · 0.5 + 1 · 1 − 2 = 1
    expect(answer.probabilityCorrect).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(answer).toMatchObject({
      label: 1,
      confidence: answer.probabilityCorrect,
      labelMass: null,
      promptTokens: 9,
      cachedTokens: 4,
      latencyMs: 3,
    });
  });

  it('reads the last token first where it reads both; its confidence is that of the label', async () => {
    const answer = await strategy([9, 0.25, 0.125, 0], 'both').ask({
      model: modelOf([]),
      task,
      code: 'abcd',
    });
    // 0 · 9 + 2 · 0.25 + 4 · 0.125 + 1 · 0 − 2 = −1
    expect(answer.probabilityCorrect).toBeCloseTo(1 / (1 + Math.exp(1)), 12);
    expect(answer.label).toBe(0);
    expect(answer.confidence).toBeCloseTo(1 - 1 / (1 + Math.exp(1)), 12);
  });

  it('calls a tie wrong', async () => {
    expect((await strategy([0, 2]).ask({ model: modelOf([]), task, code: 'a' })).label).toBe(0);
  });

  it('has no answer about an empty candidate', async () => {
    const answer = await strategy([0, 2]).ask({ model: modelOf([]), task, code: ' \n' });
    expect(answer).toMatchObject({ label: null, probabilityCorrect: null });
  });

  const second = { score: 0.5, meanLogProbability: 2, logTokenCount: 0.25, intercept: 3 };

  it.each([
    ['text', { kind: 'text', text: 'Add.\n\ndef add(a, b):\n\n' }],
    [
      'chat',
      {
        kind: 'chat',
        messages: [
          {
            role: 'user',
            content:
              'Write a Python function with the signature `def add(a, b):` that does the following: Add.',
          },
        ],
      },
    ],
  ] as const)(
    'with a second level, asks for the likelihood of the code, too, by %s',
    async (prompt, asking) => {
      const asked: TextScoreRequest[] = [];
      const model: LanguageModel = {
        ...modelOf([]),
        scoreText: async (request) => {
          asked.push(request);
          return { logProbability: -6, tokenCount: 4 };
        },
      };
      const chat = createProbeStrategy(
        { ...template, layout: 'zero-shot', promptKind: 'chat' },
        withLevel({ prompt, ...second }),
      );
      const answer = await chat.ask({ model, task, code: 'abcd\n' });
      expect(asked).toEqual([{ prompt: asking, text: 'abcd' }]);
      // 0.5 · (4 · 0.5 + 1 · 1 − 2) + 2 · −6 / 4 + 0.25 · ln 4 + 3 = 0.5 + ln √2
      expect(answer.probabilityCorrect).toBeCloseTo(1 / (1 + Math.exp(-0.5) / Math.SQRT2), 12);
      expect(answer.label).toBe(1);
      const blind = chat.ask({ model: modelOf([]), task, code: 'abcd' });
      await expect(blind).rejects.toMatchObject({ code: 'capability' });
    },
  );

  it('asks for the likelihood without the adapter, of private languages by their id', async () => {
    const asked: TextScoreRequest[] = [];
    const base: LanguageModel = {
      ...modelOf([]),
      scoreText: async (request) => {
        asked.push(request);
        return { logProbability: -1, tokenCount: 1 };
      },
    };
    const model: LanguageModel = { ...modelOf([]), scoreText: () => expect.fail('adapted'), base };
    const judge = createProbeStrategy(template, withLevel({ prompt: 'chat', ...second }));
    await judge.ask({ model, task: { ...task, language: 'abap' }, code: 'a' });
    expect(asked).toMatchObject([
      { prompt: { messages: [{ content: expect.stringContaining('Write a abap function') }] }, text: 'a' },
    ]);
  });

  it('is another judge with another second level or other words', () => {
    const hashes = [null, { prompt: 'chat', ...second } as const, { prompt: 'text', ...second } as const].map(
      (level) => createProbeStrategy(template, withLevel(level)).templateHash,
    );
    expect(new Set(hashes).size).toBe(3);
  });

  it('refuses a model of another width, and one without hidden states', async () => {
    const asked = strategy([1, 2, 3]).ask({ model: modelOf([]), task, code: 'a' });
    await expect(asked).rejects.toMatchObject({
      code: 'model',
      hint: expect.stringContaining('3 coefficients'),
    });
    const { hiddenStates: _none, ...blind } = modelOf([]);
    await expect(strategy([1, 2]).ask({ model: blind, task, code: 'a' })).rejects.toMatchObject({
      code: 'capability',
    });
  });

  it('is another judge with another probe or layout', () => {
    expect(strategy([1]).dataDigest).toBe('abc');
    const chat = createProbeStrategy(
      { ...template, promptKind: 'chat' },
      {
        probe: { layer: 1, pooling: 'last', coefficients: [1], intercept: 0, likelihood: null },
        digest: 'abc',
      },
    );
    expect(chat.templateHash).not.toBe(strategy([1]).templateHash);
  });
});
