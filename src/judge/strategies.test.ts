import { describe, expect, it } from 'vitest';
import type { JudgeMethod } from '../contracts/judge-method.ts';
import { CodejuryError } from '../errors.ts';
import type { JudgeTemplate } from '../prompts/judge-template.ts';
import { ANALYSIS_END } from '../prompts/slow-thinking-judge.ts';
import {
  createFakeLanguageModel,
  type FakeLanguageModel,
  type FakeScript,
} from '../testing/create-fake-language-model.ts';
import { createStrategy } from './create-strategy.ts';
import type { ExampleSource } from './few-shot-strategy.ts';

const task = {
  id: 'inc',
  problem: null,
  language: 'python',
  description: 'Return x plus one.',
  signature: 'def inc(x):',
};
const code = 'def inc(x):\n    return x + 1\n';

const examples: ExampleSource = {
  digest: 'e',
  find: async () => ({
    correct: { task: { description: 'Right one.', signature: 'def r():' }, code: 'RIGHT' },
    incorrect: { task: { description: 'Wrong one.', signature: 'def w():' }, code: 'WRONG' },
  }),
};

function template(method: JudgeMethod, more: Partial<JudgeTemplate> = {}): JudgeTemplate {
  return { method, layout: 'zero-shot', labels: null, promptKind: 'chat', ...more };
}

async function ask(method: JudgeMethod, script: FakeScript, more: Partial<JudgeTemplate> = {}) {
  const model = createFakeLanguageModel(script);
  const answer = await createStrategy(template(method, more), { examples }).ask({ model, task, code });
  return { answer, model, prompts: promptsOf(model) };
}

function promptsOf({ calls }: FakeLanguageModel): string[] {
  return calls.sample.map(({ prompt }) =>
    prompt.kind === 'text' ? prompt.text : prompt.messages.map(({ content }) => content).join('|'),
  );
}

const invalid = { label: null, probabilityCorrect: null, confidence: null, labelMass: null, rating: null };

describe('zero-shot', () => {
  it('asks once for a label', async () => {
    const { answer, model } = await ask('zero-shot', { labelProbabilities: () => [0.2, 0.6] });
    expect(model.calls.scoreLabels).toHaveLength(1);
    expect(answer).toMatchObject({ label: 1, confidence: 0.6, labelMass: 0.8, rating: null, texts: [] });
    expect(answer.cachedTokens).toBe(0);
  });

  it('says which model cannot', async () => {
    await expect(ask('zero-shot', {})).rejects.toThrow(/fake .*cannot judge/);
  });
});

describe('few-shot', () => {
  it('shows the instruction, both examples with their labels, then the question', async () => {
    const { answer, model } = await ask('few-shot', { labelProbabilities: () => [0.1, 0.8] });
    const [request] = model.calls.scoreLabels;
    const text = `${request?.shared}${request?.own}`;
    expect(text.match(/Decide whether/g)).toHaveLength(1);
    expect(text).toMatch(/# Candidate:\nRIGHT\n\n# Output:\n1\n/);
    expect(text).toMatch(/# Candidate:\nWRONG\n\n# Output:\n0\n/);
    expect(text).toMatch(/# Candidate:\ndef inc\(x\):\n {4}return x \+ 1\n\n# Output:\n[\s\S]*0 or 1\?$/);
    expect(answer.label).toBe(1);
  });

  it('draws the order for each candidate, and always the same', async () => {
    const model = createFakeLanguageModel({ labelProbabilities: () => [0.5, 0.5] });
    const strategy = createStrategy(template('few-shot'), { examples });
    const orderOf = async (variant: string) => {
      await strategy.ask({ model, task, code: variant });
      const own = model.calls.scoreLabels.at(-1)?.own ?? '';
      return own.indexOf('RIGHT') < own.indexOf('WRONG');
    };
    const codes = Array.from({ length: 20 }, (_, index) => `def inc(x): return ${index}`);
    const orders: boolean[] = [];
    for (const variant of codes) orders.push(await orderOf(variant));
    expect(new Set(orders).size).toBe(2);
    for (const [index, variant] of codes.entries()) expect(await orderOf(variant)).toBe(orders[index]);
  });

  it('needs examples', () => {
    expect(() => createStrategy(template('few-shot'), { examples: null })).toThrow(
      /needs labelled candidates/,
    );
  });
});

describe('auto-cot', () => {
  it('reasons, then scores Yes and No after the reasoning', async () => {
    const { answer, model, prompts } = await ask('auto-cot', {
      samples: ['First, it adds one.'],
      labelProbabilities: () => [0.7, 0.2],
    });
    expect(prompts).toHaveLength(1);
    const [request] = model.calls.scoreLabels;
    expect(request?.labels.map(({ name }) => name)).toEqual(['Yes', 'No']);
    expect(request?.shared).toBe(prompts[0]);
    expect(request?.own).toContain('First, it adds one.');
    expect(answer).toMatchObject({ label: 1, confidence: 0.7, texts: ['First, it adds one.'] });
    expect(answer.probabilityCorrect).toBeCloseTo(7 / 9, 9);
  });

  it('writes the answer where labels cannot be scored, in at most 128 tokens', async () => {
    const samples = ['Reasons.', 'No, it is wrong.'];
    let call = 0;
    const { answer, model } = await ask('auto-cot', { samples: () => samples[call++] ?? '' });
    expect(model.calls.sample.map(({ temperature }) => temperature)).toEqual([0, 0]);
    expect(model.calls.sample[1]?.maxTokens).toBe(128);
    expect(answer).toMatchObject({ ...invalid, label: 0, texts: samples });
  });

  it('writes it too when a server says so only when asked; other errors stay errors', async () => {
    const failing = (code: 'capability' | 'server'): FakeScript => ({
      samples: ['Yes'],
      labelProbabilities: () => {
        throw new CodejuryError(code, 'no numbers');
      },
    });
    expect((await ask('auto-cot', failing('capability'))).answer.label).toBe(1);
    await expect(ask('auto-cot', failing('server'))).rejects.toThrow('no numbers');
  });

  it('is invalid when the answer is neither', async () => {
    const scored = await ask('auto-cot', { samples: ['x'], labelProbabilities: () => [0.1, 0.1] });
    expect(scored.answer.label).toBeNull();
    const written = await ask('auto-cot', { samples: ['I cannot tell.'] });
    expect(written.answer).toMatchObject(invalid);
  });
});

describe('slow-thinking', () => {
  const script = (analysis: string, verdict: string): FakeScript => ({
    samples: ({ maxTokens }) => (maxTokens === 32 ? verdict : analysis),
  });

  it('analyses up to the sentinel, then asks with the analysis alone', async () => {
    const { answer, model, prompts } = await ask('slow-thinking', script('It adds one.', 'Yes'));
    expect(model.calls.sample.map(({ maxTokens }) => maxTokens)).toEqual([512, 32]);
    expect(model.calls.sample[0]?.stop).toEqual([ANALYSIS_END]);
    expect(prompts[0]).toContain('return x + 1');
    expect(prompts[1]).toContain('It adds one.');
    expect(prompts[1]).not.toContain('Return x plus one.');
    expect(answer).toMatchObject({ ...invalid, label: 1, texts: ['It adds one.', 'Yes'] });
    expect(answer.promptTokens).toBe(prompts.join(' ').split(/\s+/).length);
  });

  it('is invalid without Yes or No', async () => {
    expect((await ask('slow-thinking', script('It adds.', 'Maybe'))).answer).toMatchObject(invalid);
  });

  it('is invalid without an analysis, and does not ask on', async () => {
    const { answer, prompts } = await ask('slow-thinking', script(' \n', 'Yes'));
    expect(prompts).toHaveLength(1);
    expect(answer.label).toBeNull();
  });
});

describe('ice-score', () => {
  it.each([
    ['4', 1, 1],
    ['Score: 3', 0, 0.75],
    ['Score: 0', 0, 0],
    ['It is good.', null, null],
  ])('%j gives label %s, rating %s', async (text, label, rating) => {
    const { answer, model } = await ask('ice-score', { samples: [text] });
    expect(model.calls.sample).toHaveLength(1);
    expect(answer).toMatchObject({ ...invalid, label, rating, texts: [text] });
  });
});

describe('fault-list', () => {
  it.each([
    ['[]', 1, 1],
    ['[{"fault": "slow", "severity": "small"}]', 0, 0.95],
    ['No faults.', null, null],
  ])('%j gives label %s, rating %s', async (text, label, rating) => {
    const { answer } = await ask('fault-list', { samples: [text] });
    expect(answer).toMatchObject({ ...invalid, label, rating, texts: [text] });
  });
});

describe('trained judges', () => {
  const labels = [
    { name: 'fine', forms: ['A'], correct: true },
    { name: 'type', forms: ['B'], correct: false },
    { name: 'loop', forms: ['C'], correct: false },
  ];

  it('asks with the labels, the layout and the kind of the profile', async () => {
    const { answer, model } = await ask(
      'faults',
      { labelProbabilities: () => [0.4, 0.3, 0.1] },
      { labels, layout: 'compact', promptKind: 'text' },
    );
    const [request] = model.calls.scoreLabels;
    expect(request).toMatchObject({ kind: 'text', labels });
    expect(`${request?.shared}${request?.own}`).toBe(
      'Return x plus one.\n\ndef inc(x):\n\ndef inc(x):\n    return x + 1\n\n# Output:\n',
    );
    expect(answer).toMatchObject({ label: 1, confidence: 0.4 });
    expect(answer.probabilityCorrect).toBeCloseTo(0.5, 9);
  });

  it('rankef: three classes of its own, 0 is correct', async () => {
    const { answer, model } = await ask('rankef', { labelProbabilities: () => [0.1, 0.2, 0.6] });
    expect(model.calls.scoreLabels[0]?.shared).toMatch(/^<CLASSIFICATION>\nQUESTION:\n/);
    expect(model.calls.scoreLabels[0]?.labels[0]).toMatchObject({ forms: ['0', ' 0'], correct: true });
    expect(answer).toMatchObject({ label: 0, confidence: 0.6 });
    expect(answer.probabilityCorrect).toBeCloseTo(1 / 9, 9);
  });

  it('refuses faults without labels', () => {
    expect(() => createStrategy(template('faults'), { examples: null })).toThrow(/needs its labels/);
  });
});

describe('template hashes', () => {
  it('differ between methods, layouts, labels and kinds of prompt', () => {
    const labels = [
      { name: 'no', forms: ['n'], correct: false },
      { name: 'yes', forms: ['y'], correct: true },
    ];
    const templates = [
      ...(['zero-shot', 'few-shot', 'auto-cot', 'slow-thinking', 'ice-score', 'fault-list'] as const).map(
        (method) => template(method),
      ),
      template('verdict'),
      template('rankef'),
      template('verdict', { layout: 'compact' }),
      template('verdict', { labels }),
      template('verdict', { promptKind: 'text' }),
    ];
    const hashes = templates.map((entry) => createStrategy(entry, { examples }).templateHash);
    expect(new Set(hashes).size).toBe(templates.length);
  });
});
