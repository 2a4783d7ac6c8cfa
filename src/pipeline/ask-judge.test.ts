import { expect, it } from 'vitest';
import type { JudgeMethod } from '../contracts/judge-method.ts';
import { createStrategy } from '../judge/create-strategy.ts';
import type { ExampleSource } from '../judge/few-shot-strategy.ts';
import { openResultCache } from '../store/result-cache.ts';
import { createFakeLanguageModel } from '../testing/create-fake-language-model.ts';
import { askJudge } from './ask-judge.ts';
import { openLedger } from './ledger.ts';

const task = { id: 't', problem: null, language: 'python', description: 'Add one.', signature: 'def f(x):' };
const candidate = { id: 'c', code: 'def f(x):\n    return x + 1\n' };

function examples(digest: string): ExampleSource {
  const example = { task, code: 'pass' };
  return { digest, find: async () => ({ correct: example, incorrect: example }) };
}

async function fixture() {
  const model = createFakeLanguageModel({
    digest: 'w',
    samples: ['Score: 3'],
    labelProbabilities: () => [0.2, 0.7],
  });
  const cache = await openResultCache(':memory:');
  const ledger = openLedger();
  const ask = (method: JudgeMethod, digest = 'e', asked = task) =>
    askJudge(
      {
        name: 'j',
        model,
        strategy: createStrategy(
          { method, layout: 'zero-shot', labels: null, promptKind: 'chat' },
          { examples: examples(digest) },
        ),
        calibration: { confidenceBounds: null, platt: null },
      },
      asked,
      candidate,
      { cache, ledger, signal: new AbortController().signal, tooLong: 'throw' },
    );
  const asked = () => model.calls.scoreLabels.length + model.calls.sample.length;
  return { ask, asked };
}

it('answers an equal question from the cache, with what was written', async () => {
  const { ask, asked } = await fixture();
  const first = await ask('ice-score');
  expect(first).toMatchObject({ candidateId: 'c', judge: 'j', label: 0, rating: 0.75, texts: ['Score: 3'] });
  expect(await ask('ice-score')).toEqual(first);
  expect(asked()).toBe(1);
});

it('asks anew for another method, other examples, and examples for another task', async () => {
  const { ask, asked } = await fixture();
  await ask('zero-shot');
  await ask('verdict');
  await ask('few-shot');
  await ask('few-shot', 'other examples');
  await ask('few-shot', 'e', { ...task, id: 'another' });
  expect(asked()).toBe(5);
  // Without examples the question is the same, whatever the task is called.
  await ask('zero-shot', 'e', { ...task, id: 'another' });
  expect(asked()).toBe(5);
});
