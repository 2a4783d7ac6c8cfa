import { describe, expect, it } from 'vitest';
import type { Gpu } from '../../contracts/gpu.ts';
import { type AnswerModels, costOfAnswer } from './cost-of-answer.ts';

const SMALL: Gpu = {
  ...{ name: 'Small 12 GB', memoryGb: 12, dollars: 300, bandwidthGbPerSecond: null, powerWatts: null },
  ...{ asOf: '2025-07', source: 'test' },
};
const LARGE: Gpu = { ...SMALL, name: 'Large 24 GB', memoryGb: 24, dollars: 1000 };
const options = {
  gpus: [SMALL, LARGE],
  demand: { recommendationsPerWeek: 960, writingHoursPerWeek: 16 },
};

const team: AnswerModels = {
  models: [
    { name: 'generator', memoryBytes: 8e9 },
    { name: 'judge', memoryBytes: 7e9 },
  ],
  sharing: 'separate',
  ...{ secondsPerAnswer: 20, secondsMeasuredOn: 'Small 12 GB' },
};

function costOf(changes: Partial<AnswerModels>, gpus = options.gpus) {
  return costOfAnswer({ ...team, ...changes }, { ...options, gpus });
}

it('says what a team needs, costs and serves', () => {
  expect(costOf({})).toEqual({
    ...{ memoryBytes: 15e9, dollars: 600 },
    gpus: [
      { gpu: SMALL, models: [0], usedBytes: 8e9 },
      { gpu: SMALL, models: [1], usedBytes: 7e9 },
    ],
    ...{ developers: 3, developersPerGpu: 1.5, dollarsPerDeveloper: 200 },
    notes: [],
  });
});

it('chooses among the GPUs that it is given, and says where seconds and dollars do not belong together', () => {
  const { gpus, dollarsPerDeveloper, developersPerGpu, notes } = costOf({ sharing: 'packed' }, [LARGE]);
  expect(gpus).toEqual([{ gpu: LARGE, models: [0, 1], usedBytes: 15e9 }]);
  expect([dollarsPerDeveloper, developersPerGpu]).toEqual([1000 / 3, 3]);
  expect(notes).toEqual(['seconds were measured on Small 12 GB, dollars are those of Large 24 GB']);
  expect(costOf({ secondsMeasuredOn: null }).notes).toEqual(['where the seconds were measured is unknown']);
});

describe('what is unknown is null, with a note', () => {
  it('where nothing holds a model', () => {
    expect(costOf({ models: [{ name: 'giant', memoryBytes: 66e9 }] })).toMatchObject({
      ...{ gpus: null, dollars: null, developers: null, developersPerGpu: null, dollarsPerDeveloper: null },
      memoryBytes: 66e9,
      notes: [
        'no GPU: giant needs 66.0 GB, the largest GPU (Large 24 GB) has 24 GB, and no model is split over several',
      ],
    });
  });

  it('where nobody measured the time', () => {
    expect(costOf({ secondsPerAnswer: null })).toMatchObject({
      ...{ dollars: 600, developers: null, dollarsPerDeveloper: null },
      notes: [],
    });
  });
});

it('needs no GPU for models that are asked elsewhere', () => {
  expect(costOf({ models: [] })).toMatchObject({
    ...{ gpus: [], dollars: 0, developers: null, dollarsPerDeveloper: null, notes: [] },
  });
});
