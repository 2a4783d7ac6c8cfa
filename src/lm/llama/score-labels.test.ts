import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TINY_LABELS, temporaryFolder, tinyOptions } from '../../../test/support/tiny-model.ts';
import { type TinyTransitions, writeTinyGguf, writeTinyLora } from '../../testing/index.ts';
import { type LabelRequest, type LanguageModel, requireCapability } from '../language-model.ts';
import type { LlamaModelOptions } from './llama-model-options.ts';
import { openLlamaModel } from './open-llama-model.ts';

/** After a line break 0 and 1 share the probability with `u`; `x` says whitespace first, `y` and `z` more of it. */
const TABLE: TinyTransitions = {
  '\n': { '0': Math.log(1), '1': Math.log(3), u: Math.log(4) },
  x: { '\n': 5, '1': 0 },
  y: { ' ': 0 },
  ' ': { '\t': 0 },
  '\t': { '0': Math.log(9), '1': 0 },
  z: { '    ': 0 },
  '    ': { ' ': 0 },
  e: { '<|im_end|>': 0 },
};

const folder = await temporaryFolder();
const opened: LanguageModel[] = [];
let random: LanguageModel;
let table: LanguageModel;

async function open(name: string, overrides: Partial<LlamaModelOptions> = {}): Promise<LanguageModel> {
  const model = await openLlamaModel(tinyOptions(folder.path(name), overrides));
  opened.push(model);
  return model;
}

beforeAll(async () => {
  await writeTinyGguf(folder.path('random.gguf'));
  await writeTinyGguf(folder.path('table.gguf'), { transitions: TABLE });
  await writeTinyLora(folder.path('lora.gguf'));
  random = await open('random.gguf');
  table = await open('table.gguf');
});

afterAll(async () => {
  await Promise.all(opened.map((model) => model.dispose()));
  await folder.remove();
});

function request(overrides: Partial<LabelRequest> = {}): LabelRequest {
  return {
    kind: 'chat',
    system: null,
    shared: 'Answer 1 or 0.\ndef f(a, b):\n',
    own: '    return a + b\n',
    labels: TINY_LABELS,
    ...overrides,
  };
}

async function score(model: LanguageModel, overrides: Partial<LabelRequest> = {}) {
  const { durationMs: _time, ...scores } = await requireCapability(model, 'scoreLabels')(request(overrides));
  return scores;
}

describe('probabilities', () => {
  test('are those of the whole vocabulary', async () => {
    const { probabilities, upperBound } = await score(table);
    expect(probabilities[0]).toBeCloseTo(1 / 8, 5);
    expect(probabilities[1]).toBeCloseTo(3 / 8, 5);
    expect(upperBound).toEqual([false, false]);
  });

  test('of the forms of a label are summed, in the order of the request', async () => {
    const labels = [
      { name: 'yes', forms: ['1', 'u'] },
      { name: 'no', forms: ['0'] },
    ];
    const { probabilities } = await score(table, { labels });
    expect(probabilities[0]).toBeCloseTo(7 / 8, 5);
    expect(probabilities[1]).toBeCloseTo(1 / 8, 5);
  });

  test('of a control token that is most probable are not skipped over', async () => {
    const { probabilities } = await score(table, { kind: 'text', own: 'e' });
    expect(probabilities).toEqual([0, 0]);
  });
});

describe('whitespace before the label', () => {
  test('is passed over', async () => {
    const { probabilities } = await score(table, { kind: 'text', own: 'x' });
    expect(probabilities[0]).toBeCloseTo(1 / 8, 5);
  });

  test('is passed over twice', async () => {
    const { probabilities } = await score(table, { kind: 'text', own: 'y' });
    expect(probabilities[0]).toBeCloseTo(0.9, 5);
  });

  test('is not passed over a third time', async () => {
    const { probabilities } = await score(table, { kind: 'text', own: 'z' });
    expect(probabilities).toEqual([0, 0]);
  });
});

describe('the shared part', () => {
  test('is evaluated once for consecutive requests, and again after another one', async () => {
    const model = await open('random.gguf');
    const first = await score(model, { own: 'x' });
    expect(first.cachedTokens).toBe(0);
    const second = await score(model, { own: 'y' });
    expect(second.cachedTokens).toBeGreaterThan(20);
    expect(second.promptTokens).toBe(first.promptTokens);
    expect((await score(model, { shared: 'other' })).cachedTokens).toBe(0);
  });

  test('does not make a score depend on the requests before it', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '\n', '(', ')', ':', 'return', '0', '<|im_end|>'),
      maxLength: 12,
    });
    const part = fc.record({
      shared: text,
      own: text,
      kind: fc.constantFrom('chat' as const, 'text' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 2, maxLength: 5 }), async (parts) => {
        const requests = parts.filter(({ kind, shared, own }) => kind === 'chat' || shared + own !== '');
        const scored = new Map<object, readonly number[]>();
        for (const each of [...requests, ...requests.toReversed()]) {
          const { probabilities } = await score(random, each);
          expect(probabilities).toEqual(scored.get(each) ?? probabilities);
          scored.set(each, probabilities);
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  test('and the rest give the same score with any number of threads', async () => {
    const two = await open('random.gguf', { threads: 2 });
    for (const own of ['x', 'def f(a, b):\n'.repeat(20), '0'.repeat(301)]) {
      expect((await score(two, { own })).probabilities).toEqual((await score(random, { own })).probabilities);
    }
  });

  test('gives nearly the score of the prompt evaluated whole', async () => {
    const apart = await score(random);
    const whole = await score(random, { shared: '', own: request().shared + request().own });
    expect(whole.promptTokens).toBe(apart.promptTokens);
    for (const [index, probability] of apart.probabilities.entries()) {
      expect(probability).toBeCloseTo(whole.probabilities[index] ?? Number.NaN, 5);
    }
  });

  test('survives requests that come all at once', async () => {
    const owns = ['a', 'b', 'return', '', ' a'];
    const alone = [];
    for (const own of owns) {
      alone.push((await score(random, { own })).probabilities);
    }
    const together = await Promise.all(owns.map((own) => score(random, { own })));
    expect(together.map(({ probabilities }) => probabilities)).toEqual(alone);
  });

  test('is evaluated anew after an aborted request', async () => {
    const expected = await score(random);
    const controller = new AbortController();
    const aborted = requireCapability(
      random,
      'scoreLabels',
    )(request({ shared: 'abc', signal: controller.signal }));
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    expect((await score(random)).probabilities).toEqual(expected.probabilities);
  });
});

describe('prompts', () => {
  test('a system message changes the score', async () => {
    expect((await score(random, { system: 'Be strict.' })).probabilities).not.toEqual(
      (await score(random)).probabilities,
    );
  });

  test('control tokens in a candidate are ordinary characters', async () => {
    const plain = await score(random, { own: 'x' });
    const injected = await score(random, { own: 'x<|im_end|>' });
    expect(injected.promptTokens).toBe((plain.promptTokens ?? 0) + '<|im_end|>'.length);
  });
});

describe('an adapter', () => {
  test('changes the scores of its own model only', async () => {
    const before = await score(random);
    const judge = await open('random.gguf', {
      adapter: { path: folder.path('lora.gguf'), scale: 1, digest: null },
    });
    const adapted = await score(judge);
    expect(adapted.probabilities).not.toEqual(before.probabilities);
    expect((await score(random)).probabilities).toEqual(before.probabilities);
    expect((await score(judge)).probabilities).toEqual(adapted.probabilities);
  });

  test('leaves its model the one without it, which is closed with it', async () => {
    const judge = await open('random.gguf', {
      adapter: { path: folder.path('lora.gguf'), scale: 1, digest: 'lora' },
    });
    const { base } = judge;
    if (base === undefined) throw new Error('there is none');
    expect((await score(base)).probabilities).toEqual((await score(random)).probabilities);
    expect(base).toMatchObject({ digest: random.digest, settings: random.settings });
    expect(base.base).toBeUndefined();
    await judge.dispose();
    await expect(score(base)).rejects.toMatchObject({ code: 'engine' });
  });

  test('of scale 0 changes nothing', async () => {
    const judge = await open('random.gguf', {
      adapter: { path: folder.path('lora.gguf'), scale: 0, digest: null },
    });
    expect((await score(judge)).probabilities).toEqual((await score(random)).probabilities);
  });
});

describe('requests that cannot be served', () => {
  test('a label that is no single token', async () => {
    const labels = [...TINY_LABELS, { name: 'maybe', forms: ['maybe', ' maybe'] }];
    await expect(score(random, { labels })).rejects.toMatchObject({
      code: 'model',
      message: 'tiny has no single token for the label maybe (tried "maybe", " maybe")',
    });
  });

  test('two labels with the same token', async () => {
    const labels = [...TINY_LABELS, { name: 'one', forms: ['1'] }];
    await expect(score(random, { labels })).rejects.toMatchObject({ code: 'model' });
  });

  test('a prompt longer than the context', async () => {
    await expect(score(random, { own: 'ab'.repeat(300) })).rejects.toMatchObject({ code: 'context-length' });
  });

  test('a chat with a model that has no template', async () => {
    await writeTinyGguf(folder.path('base.gguf'), { chatTemplate: null });
    const base = await open('base.gguf');
    await expect(score(base)).rejects.toMatchObject({ code: 'capability' });
    expect((await score(base, { kind: 'text' })).probabilities).toHaveLength(2);
  });
});
