import type { StudyCost, StudyCosts } from '../../src/contracts/study-costs.ts';

const SMALL_GPU = 'GPU of 12 GB';

/** Costs of the made-up study: a team on two GPUs, a model that nothing is known of, and one that is paid by the token. */
export function studyCostsDocument(): StudyCosts {
  return {
    models: [
      {
        ...{ name: 'smollm2-135m', from: 'file', memoryBytes: 734_375_000 },
        ...{ weights: '135000000 weights of 8 bits', keyValueCache: '11520 numbers a token' },
        overhead: 'assumed: 500 MB',
      },
      {
        ...{ name: 'pool', from: null, memoryBytes: null },
        ...{ weights: null, keyValueCache: null, overhead: null },
      },
    ],
    rows: [
      cost('small_1b', 'single candidate', 1, {}),
      cost('small_1b', 'team of tuned', 2, {
        kind: 'team of 1',
        secondsPerAnswer: 12.5,
        secondsMeasuredOn: SMALL_GPU,
      }),
      cost('pool', 'single candidate', 1, {
        ...{ models: ['pool'], memoryBytes: null, gpus: null, dollars: null },
        notes: ['memory of pool unknown: costs.models can say how many weights it has'],
      }),
      cost(null, 'big', 1, {
        ...{ kind: 'larger model', models: [], memoryBytes: 0, gpus: [], dollars: 0 },
        apiDollarsPerAnswer: 0.0042,
      }),
    ],
    prices: [
      {
        gpu: SMALL_GPU,
        memoryGb: 12,
        dollars: 300,
        asOf: '2025-07',
        source: 'a price list, <small> & "old"',
      },
    ],
  };
}

function cost(generator: string | null, name: string, n: number, facts: Partial<StudyCost>): StudyCost {
  return {
    ...{ generator, name, kind: 'single candidate', n, models: ['smollm2-135m'], memoryBytes: 734_375_000 },
    passAt1: { value: 0.3125, low: 0.25, high: 0.375 },
    gpus: [{ name: SMALL_GPU, count: 2 }],
    ...{ dollars: 600, secondsPerAnswer: null, secondsMeasuredOn: null },
    ...{ developersPerGpu: 2.5, dollarsPerDeveloper: 120, apiDollarsPerAnswer: null, notes: [] },
    ...facts,
  };
}
