import { describe, expect, it } from 'vitest';
import { adjustPValues } from '../../evaluate/adjust-p-values.ts';
import { bootstrapMean } from '../../evaluate/bootstrap-mean.ts';
import type { PoolCandidate, Ranker } from '../../select/ranker.ts';
import { scorerOf } from '../../select/ranker.ts';
import { drawPool } from './draw-pools.ts';
import { rankReport } from './rank-report.ts';
import type { SamplePool } from './read-pools.ts';
import { runRanker } from './run-rankers.ts';

/** A pool of these candidates, a letter a sample, `-` for none. */
function poolOf(id: string, letters: string, firstIndex: number): SamplePool {
  const candidates = new Map<string, PoolCandidate>();
  for (const [position, letter] of [...letters].entries()) {
    if (letter === '-') continue;
    const known = candidates.get(letter)?.samples ?? [];
    candidates.set(letter, {
      id: `${id} ${letter}`,
      code: letter,
      samples: [...known, firstIndex + position],
      meanLogProbability: null,
    });
  }
  return {
    task: {
      id,
      language: 'python',
      description: 'd',
      signature: 's',
      prompt: null,
      entryPoint: null,
      problem: null,
      preamble: '',
    },
    samples: [...letters].map((letter, position) => ({
      index: firstIndex + position,
      candidate: candidates.get(letter) ?? null,
    })),
  };
}

const pools = [poolOf('t1', 'aab-', 0), poolOf('t2', 'cdee', 4)];
// Right: a and c.
const labels = new Map([0, 1, 2, 4, 5, 6, 7].map((index) => [index, [0, 1, 4].includes(index)]));
const knowing: Ranker = {
  name: 'knowing',
  ties: 'team',
  how: () => 'the name',
  prepare: async ({ candidates }) =>
    scorerOf(new Map(candidates.map(({ id }) => [id, /[ac]$/.test(id) ? 1 : 0]))),
};

async function report(
  sizes: readonly number[],
  repetitions = 50,
  known: ReadonlyMap<number, boolean> = labels,
  resamples = 1_000,
) {
  const drawn = pools.map((pool) => drawPool(pool, { sizes, repetitions, seed: 5 }));
  const ranked = [await runRanker(knowing, drawn, new AbortController().signal)];
  const facts = { sizes, repetitions, seed: 5, resamples, notices: [], out: 'o' };
  return rankReport({ drawn, ranked, labels: known, ...facts });
}
const passAt1 = ({ rows }: Awaited<ReturnType<typeof report>>, name: string, n: number) =>
  rows.find((row) => row.name === name && row.n === n)?.passAt1.value;

describe('rankReport', () => {
  it('has exact expectations where the whole pool is drawn', async () => {
    const found = await report([4]);
    expect(passAt1(found, 'single candidate', 4)).toBeCloseTo((2 / 4 + 1 / 4) / 2, 12);
    expect(passAt1(found, 'random (samples)', 4)).toBeCloseTo((2 / 3 + 1 / 4) / 2, 12);
    expect(passAt1(found, 'random (candidates)', 4)).toBeCloseTo((1 / 2 + 1 / 3) / 2, 12);
    expect(passAt1(found, 'oracle', 4)).toBe(1);
    expect(passAt1(found, 'pass@n', 4)).toBe(1);
    expect(passAt1(found, 'knowing', 4)).toBe(1);
    expect(found).toMatchObject({ samples: 8, candidates: 5, rejectedSamples: 1, labelledTasks: 2 });
  });

  it('nests small draws in large ones, and a ranker that knows is as good as the oracle', async () => {
    const found = await report([2, 3]);
    for (const n of [2, 3]) {
      expect(passAt1(found, 'knowing', n)).toBe(passAt1(found, 'oracle', n));
      // pass@2 of 2 right among 4 is 5/6, of 1 it is 1/2; pass@3 is 1 and 3/4.
      expect(passAt1(found, 'pass@n', n)).toBeCloseTo(n === 2 ? (5 / 6 + 1 / 2) / 2 : (1 + 3 / 4) / 2, 12);
    }
    const single = await report([2]);
    expect(passAt1(single, 'oracle', 2)).toBe(passAt1(found, 'oracle', 2));
  });

  it('compares with each expectation, signs and p-values by task', async () => {
    const { comparisons } = await report([3]);
    expect(comparisons.map(({ baseline }) => baseline)).toEqual([
      'single candidate',
      'random (samples)',
      'random (candidates)',
    ]);
    for (const { difference, pValue } of comparisons) {
      expect(difference.value).toBeGreaterThan(0);
      // Two tasks cannot show more: of four signs, two are as extreme.
      expect(pValue).toBe(0.5);
    }
  });

  it('adjusts the p-values of all comparisons with expectations', async () => {
    const { comparisons } = await report([2, 3]);
    expect(comparisons).toHaveLength(6);
    const pValues = comparisons.map(({ pValue }) => pValue);
    expect(comparisons.map(({ adjusted }) => adjusted)).toEqual(adjustPValues(pValues));
  });

  it('takes as many resamples as it is told', async () => {
    const [few, many] = [await report([2], 50, labels, 100), await report([2], 50, labels, 1_000)];
    expect([few.resamples, many.resamples]).toEqual([100, 1_000]);
    const singles = new Map([
      ['t1', 0.5],
      ['t2', 0.25],
    ]);
    expect(few.rows[0]?.passAt1).toEqual(bootstrapMean(singles, { resamples: 100, seed: 5 }));
  });

  it('leaves out tasks with a sample of unknown label, and says so', async () => {
    const found = await report([2], 5, new Map([...labels].filter(([index]) => index !== 6)));
    expect(found.labelledTasks).toBe(1);
    expect(found.notices).toContain('left out of the table, a sample without a label: 1 tasks');
    expect(passAt1(found, 'single candidate', 2)).toBe(0.5);
    expect((await report([2], 5, new Map())).rows).toEqual([]);
  });
});
