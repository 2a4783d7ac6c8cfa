import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  collectSamples,
  sampleRequest,
  temporaryFolder,
  textPrompt,
  tinyOptions,
} from '../../../test/support/tiny-model.ts';
import { type TinyTransitions, writeTinyGguf } from '../../testing/index.ts';
import { type LanguageModel, requireCapability } from '../language-model.ts';
import { openLlamaModel } from './open-llama-model.ts';

/** `a` is followed by `b` in one case of four, else by `c`; `1` begins a fixed chain; `<` is followed by `é` and `!`. */
const TABLE: TinyTransitions = {
  a: { b: 0, c: Math.log(3) },
  b: { a: 0 },
  c: { a: 0 },
  '1': { '2': 0 },
  '2': { '3': 0 },
  '3': { '4': 0 },
  '4': { '<|im_end|>': 0 },
  x: { x: 0 },
  '<': { '<0xC3>': 0 },
  '<0xC3>': { '<0xA9>': 0 },
  '<0xA9>': { '!': 0 },
  m: { '\n': 0 },
  '\n': { m: 0 },
  // 60 equally probable successors, more than the 40 that some engines keep by default.
  '?': Object.fromEntries(
    Array.from({ length: 60 }, (_value, index) => [String.fromCharCode(0x41 + index), 0]),
  ),
};

const folder = await temporaryFolder();
const opened: LanguageModel[] = [];
let random: LanguageModel;
let table: LanguageModel;

async function open(...parameters: Parameters<typeof tinyOptions>): Promise<LanguageModel> {
  const model = await openLlamaModel(tinyOptions(...parameters));
  opened.push(model);
  return model;
}

beforeAll(async () => {
  await writeTinyGguf(folder.path('random.gguf'));
  await writeTinyGguf(folder.path('table.gguf'), { transitions: TABLE });
  random = await open(folder.path('random.gguf'));
  table = await open(folder.path('table.gguf'));
});

afterAll(async () => {
  await Promise.all(opened.map((model) => model.dispose()));
  await folder.remove();
});

const chat = { kind: 'chat', messages: [{ role: 'user', content: 'def f(a, b):' }] } as const;

async function samplesOf(model: LanguageModel, ...parameters: Parameters<typeof sampleRequest>) {
  return await collectSamples(requireCapability(model, 'sample')(sampleRequest(...parameters)));
}

describe('reproducibility', () => {
  test('the same request gives the same texts and numbers, whatever was asked before', async () => {
    const first = await samplesOf(random, chat);
    await samplesOf(random, textPrompt('something else, and longer'), {
      seeds: [1, 2, 3, 4, 5, 6],
      maxTokens: 200,
    });
    expect(await samplesOf(random, chat)).toEqual(first);
    expect(await samplesOf(await open(folder.path('random.gguf')), chat)).toEqual(first);
    expect(new Set(first.map(({ text }) => text)).size).toBe(3);
  });

  test('another process gives the same texts and numbers', async () => {
    const program = `
      import { openLlamaModel } from ${JSON.stringify(import.meta.resolve('./open-llama-model.ts'))};
      import { collectSamples } from ${JSON.stringify(import.meta.resolve('../../../test/support/tiny-model.ts'))};
      const [options, request] = JSON.parse(process.argv[2]);
      const model = await openLlamaModel(options);
      process.stdout.write(JSON.stringify(await collectSamples(model.sample(request))));
      await model.dispose();`;
    await writeFile(folder.path('sample.mjs'), program);
    const parameters = JSON.stringify([tinyOptions(folder.path('random.gguf')), sampleRequest(chat)]);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      folder.path('sample.mjs'),
      parameters,
    ]);
    expect(JSON.parse(stdout)).toEqual(await samplesOf(random, chat));
    expect(stderr).toBe('');
  });

  test('more seeds than sequences: each seed gets its sample, the same again', async () => {
    const seeds = Array.from({ length: 11 }, (_value, index) => index);
    const first = await samplesOf(random, chat, { seeds });
    expect(first.map(({ index }) => index)).toEqual(seeds);
    expect(await samplesOf(random, chat, { seeds })).toEqual(first);
  });

  test('the number of threads changes nothing', async () => {
    const two = await open(folder.path('random.gguf'), { threads: 2 });
    expect(await samplesOf(two, chat)).toEqual(await samplesOf(random, chat));
  });
});

describe('a check whether the text is complete', () => {
  test('is asked at line ends, and ends the text there', async () => {
    const asked: string[] = [];
    const isComplete = async (lines: string) => {
      asked.push(lines);
      return lines === '\nm\nm\n';
    };
    const [sample] = await samplesOf(table, textPrompt('m'), { seeds: [1], isComplete });
    expect(sample).toMatchObject({ text: '\nm\nm\n', tokenCount: 5, finishReason: 'complete' });
    expect(asked).toEqual(['\n', '\nm\n', '\nm\nm\n']);
    const seeds = [1, 2, 3, 4, 5, 6];
    const samples = await samplesOf(table, textPrompt('m'), { seeds, isComplete });
    expect(samples.map(({ text }) => text)).toEqual(seeds.map(() => '\nm\nm\n'));
  });

  test('changes nothing before that, one after another', async () => {
    const request = { seeds: [1, 2, 3, 4], maxTokens: 40, inTurn: true };
    const wholes = await samplesOf(random, chat, request);
    const cuts = await samplesOf(random, chat, { ...request, isComplete: async () => true });
    expect(cuts.some(({ finishReason }) => finishReason === 'complete')).toBe(true);
    for (const [index, { text }] of cuts.entries()) {
      expect(wholes[index]?.text.startsWith(text)).toBe(true);
    }
  });

  test('is not asked where the prompt has opened reasoning', async () => {
    const isComplete = async () => true;
    const [sample] = await samplesOf(table, textPrompt('<think>\nm'), { seeds: [1], isComplete });
    expect(sample?.finishReason).toBe('complete');
    const [inside] = await samplesOf(table, textPrompt('m <think>\n'), { seeds: [1], isComplete });
    expect(inside?.finishReason).toBe('length');
  });
});

describe('sampling settings', () => {
  test('temperature 0 takes the most probable token, whatever the seed', async () => {
    const samples = await samplesOf(table, textPrompt('a'), { temperature: 0, maxTokens: 5 });
    expect(samples.map(({ text }) => text)).toEqual(['cacac', 'cacac', 'cacac']);
  });

  test('temperature 1 without truncation draws from the whole distribution', async () => {
    const seeds = Array.from({ length: 300 }, (_value, index) => index);
    const samples = await samplesOf(table, textPrompt('?'), { seeds, maxTokens: 1 });
    expect(new Set(samples.map(({ text }) => text)).size).toBeGreaterThan(50);
    const rare = await samplesOf(table, textPrompt('a'), { seeds, maxTokens: 1 });
    const share = rare.filter(({ text }) => text === 'b').length / seeds.length;
    expect(share).toBeGreaterThan(0.18);
    expect(share).toBeLessThan(0.32);
  });

  test.each([{ topK: 1 }, { topP: 0.7 }, { temperature: 0.05 }])(
    '%o leaves only the probable token',
    async (setting) => {
      const seeds = Array.from({ length: 40 }, (_value, index) => index);
      const samples = await samplesOf(table, textPrompt('a'), { seeds, maxTokens: 1, ...setting });
      expect(new Set(samples.map(({ text }) => text))).toEqual(new Set(['c']));
    },
  );

  test.each([{}, { topK: 1 }, { topP: 0.7 }, { temperature: 0 }, { temperature: 3 }])(
    'with %o the log-probability is that of temperature 1 over the whole vocabulary',
    async (setting) => {
      const [sample] = await samplesOf(table, textPrompt('a'), { seeds: [5], maxTokens: 1, ...setting });
      const expected = sample?.text === 'c' ? Math.log(3 / 4) : Math.log(1 / 4);
      expect(sample?.meanLogProbability).toBeCloseTo(expected, 4);
    },
  );

  test('the mean log-probability is what scoring the text afterwards gives', async () => {
    const [sample] = await samplesOf(table, textPrompt('a'), { seeds: [5], maxTokens: 9 });
    const score = await requireCapability(
      table,
      'scoreText',
    )({ prompt: textPrompt('a'), text: sample?.text ?? '' });
    expect(score.tokenCount).toBe(9);
    expect(sample?.meanLogProbability).toBeCloseTo(score.logProbability / 9, 6);
  });
});

describe('where a sample ends', () => {
  test('at the end-of-text token, which is not counted', async () => {
    const [sample] = await samplesOf(table, textPrompt('1'), { seeds: [1] });
    expect(sample).toMatchObject({ text: '234', tokenCount: 3, finishReason: 'stop', promptTokens: 1 });
  });

  test('at maxTokens', async () => {
    const [sample] = await samplesOf(table, textPrompt('1'), { seeds: [1], maxTokens: 2 });
    expect(sample).toMatchObject({ text: '23', tokenCount: 2, finishReason: 'length' });
  });

  test('before the first stop string, also when it spans tokens', async () => {
    const [sample] = await samplesOf(table, textPrompt('1'), { seeds: [1], stop: ['zz', '34'] });
    expect(sample).toMatchObject({ text: '2', tokenCount: 1, finishReason: 'stop-string' });
  });

  test('at once: no tokens have no mean log-probability', async () => {
    const [sample] = await samplesOf(table, textPrompt('4'), { seeds: [1] });
    expect(sample).toMatchObject({ text: '', tokenCount: 0, meanLogProbability: null, finishReason: 'stop' });
  });

  test('a character spread over tokens comes out whole, and not at all when it is cut', async () => {
    const [whole] = await samplesOf(table, textPrompt('<'), { seeds: [1] });
    expect(whole?.text).toBe('é!');
    const [cut] = await samplesOf(table, textPrompt('<'), { seeds: [1], maxTokens: 1 });
    expect(cut).toMatchObject({ text: '', tokenCount: 1, finishReason: 'length' });
  });
});

describe('iteration', () => {
  test('in turn delivers in the order of the seeds', async () => {
    const order: number[] = [];
    for await (const { index } of requireCapability(
      table,
      'sample',
    )(sampleRequest(textPrompt('a'), { seeds: [1, 2, 3, 4, 5, 6], inTurn: true }))) {
      order.push(index);
    }
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('a caller that stops, or samples and scores inside the loop, does not disturb anything', async () => {
    const expected = await samplesOf(random, chat);
    const sample = requireCapability(random, 'sample');
    for await (const outer of sample(sampleRequest(chat, { inTurn: true }))) {
      expect(await samplesOf(random, chat)).toEqual(expected);
      await requireCapability(random, 'scoreText')({ prompt: chat, text: `${outer.text}x` });
      break;
    }
    expect(await samplesOf(random, chat)).toEqual(expected);
  });

  test('two runs at the same time give what each gives alone', async () => {
    const alone = [await samplesOf(random, chat), await samplesOf(random, textPrompt('def f'))];
    expect(await Promise.all([samplesOf(random, chat), samplesOf(random, textPrompt('def f'))])).toEqual(
      alone,
    );
  });

  test('an aborted signal ends it before, between and within samples', async () => {
    const sample = requireCapability(table, 'sample');
    const before = sample(sampleRequest(textPrompt('a'), { signal: AbortSignal.abort() }));
    await expect(collectSamples(before)).rejects.toMatchObject({ code: 'aborted' });

    const between = new AbortController();
    const run = sample(sampleRequest(textPrompt('a'), { inTurn: true, signal: between.signal }));
    const iterator = run[Symbol.asyncIterator]();
    await iterator.next();
    between.abort();
    await expect(iterator.next()).rejects.toMatchObject({ code: 'aborted' });

    const within = new AbortController();
    const endless = sample(sampleRequest(textPrompt('x'), { maxTokens: 500, signal: within.signal }));
    const first = endless[Symbol.asyncIterator]().next();
    setImmediate(() => within.abort());
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('requests that cannot be served', () => {
  test.each([
    { temperature: Number.NaN },
    { temperature: -1 },
    { topP: 0 },
    { topK: 1.5 },
    { maxTokens: 0 },
    { seeds: [2 ** 31] },
  ])('%o is refused', async (setting) => {
    await expect(samplesOf(table, textPrompt('a'), setting)).rejects.toMatchObject({ code: 'usage' });
  });

  test('a prompt that does not fit is refused with both numbers', async () => {
    await expect(samplesOf(table, textPrompt('ab'.repeat(300)))).rejects.toMatchObject({
      code: 'context-length',
      message: 'tiny needs 612 tokens (600 of prompt and 12 to answer), its context holds 512',
    });
  });

  test('an empty prompt is refused', async () => {
    await expect(samplesOf(table, textPrompt(''))).rejects.toMatchObject({ code: 'usage' });
  });
});
