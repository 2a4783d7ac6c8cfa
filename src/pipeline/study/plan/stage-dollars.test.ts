import { expect, it } from 'vitest';
import { studyConfigSchema } from '../../../contracts/study-config.ts';
import { judgeDollars, writerDollars } from './stage-dollars.ts';
import { NO_WORK } from './stage-work.ts';

const SERVER = 'openai:big@https://example.org/v1';
const [writer, local] = studyConfigSchema.parse({
  name: 'paid',
  tasks: ['tasks.jsonl'],
  generators: [
    { name: 'writer', model: SERVER, maxTokens: 100 },
    { name: 'local', model: 'file:local.gguf' },
  ],
}).generators;
if (writer === undefined || local === undefined) throw new Error('no writers');

const inputs = {
  prices: { [SERVER]: { input: 2, output: 8 } },
  judges: [
    { model: SERVER, method: 'zero-shot' as const },
    { model: 'file:local.gguf', method: 'zero-shot' as const },
  ],
  charactersATask: 300,
  contextCharacters: new Map([['writer', 600]]),
};

it('pays for the prompt of every sample, and for answers as long as they may be', () => {
  const { dollars, unpriced } = writerDollars(writer, { ...NO_WORK, samples: 1000 }, 'candidates', inputs);
  // 150 tokens of instructions, 100 of the task, 200 of the context; 100 of the answer.
  expect(dollars).toBeCloseTo((1000 * (450 * 2 + 100 * 8)) / 1e6, 12);
  expect(unpriced).toEqual([]);
});

it('pays for judges that are behind servers alone', () => {
  const { dollars } = judgeDollars(writer, { ...NO_WORK, judgements: 2000 }, inputs);
  // Half of the judgements; 400 tokens of instructions, 100 of the task, 100 of the candidate; 8 of the answer.
  expect(dollars).toBeCloseTo((1000 * (600 * 2 + 8 * 8)) / 1e6, 12);
});

it('says whose price it does not know, and that a model of this machine costs nothing', () => {
  const unknown = { ...inputs, prices: {} };
  expect(writerDollars(writer, { ...NO_WORK, samples: 1 }, 'candidates', unknown)).toEqual({
    dollars: 0,
    unpriced: [SERVER],
  });
  expect(judgeDollars(writer, { ...NO_WORK, judgements: 2 }, unknown).unpriced).toEqual([SERVER]);
  expect(writerDollars(local, { ...NO_WORK, samples: 1 }, 'candidates', unknown)).toEqual({
    dollars: 0,
    unpriced: [],
  });
});
