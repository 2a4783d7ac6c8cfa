import { afterAll, describe, expect, it } from 'vitest';
import { writeJudgedCandidates } from '../../../test/support/judged-candidates.ts';
import { type RunEvaluateSelectionsOptions, runEvaluateSelections } from './run-evaluate-selections.ts';

const { file, folder, remove } = writeJudgedCandidates();
afterAll(remove);

/** In repetition 0 each of four tasks gets its first candidate, which is right; in repetition 1 the one at `second`. */
function selections(ranker: string, second: number, more: object = {}) {
  return [0, 1, 2, 3].flatMap((task) =>
    [0, second].map((chosen, repetition) => ({
      ...{ taskId: `task ${task}`, repetition, ranker, n: 10 },
      ...{ candidateId: `candidate ${5 * task + chosen}`, score: null, escalated: false, ...more },
    })),
  );
}

function run(own: readonly object[], options: Partial<RunEvaluateSelectionsOptions> = {}) {
  return runEvaluateSelections({
    selections: file('own.jsonl', own),
    ...{ compare: null, labels: `${folder}/results.jsonl`, split: null, resamples: 100, seed: 1 },
    signal: new AbortController().signal,
    ...options,
  });
}

describe('runEvaluateSelections', () => {
  it('measures what was chosen, and compares it with another file draw by draw', async () => {
    const other = file('other.jsonl', selections('judge', 3));
    const found = await run(selections('judge', 1), { compare: [other] });
    expect(found.selections).toMatchObject([
      { name: 'own.jsonl: judge, best of 10', tasks: 4, draws: 8, empty: 0, passAt1: { value: 1 } },
      { name: 'other.jsonl: judge, best of 10', tasks: 4, draws: 8, passAt1: { value: 0.5 } },
    ]);
    expect(found.comparisons).toMatchObject([
      {
        ...{ outcomes: 8, both: 4, onlyFirst: 4, onlySecond: 0, leftOut: 0, n: { first: 10, second: 10 } },
        ...{ kappaDifference: null, difference: { value: 0.5, low: 0.5, high: 0.5 }, pValue: 0.125 },
      },
    ]);
  });

  it('compares the rankers of one file, or those of two files of one name and size', async () => {
    const both = [...selections('judge', 1), ...selections('random', 2)];
    const within = await run(both, { compare: [] });
    expect(within.comparisons.map(({ first, second }) => [first, second])).toEqual([
      ['own.jsonl: judge, best of 10', 'own.jsonl: random, best of 10'],
    ]);
    const other = [...selections('random', 1, { n: 5 }), ...selections('random', 1)];
    const between = await run(both, { compare: [file('other.jsonl', other)] });
    expect(between.comparisons).toMatchObject([
      { first: 'own.jsonl: random, best of 10', second: 'other.jsonl: random, best of 10' },
    ]);
    const small = file('small.jsonl', selections('mine', 1, { n: 5 }));
    expect((await run(both, { compare: [small] })).comparisons).toMatchObject([
      { first: 'own.jsonl: judge, best of 10', n: { first: 10, second: 5 } },
      { first: 'own.jsonl: random, best of 10', n: { first: 10, second: 5 } },
    ]);
    await expect(run(selections('judge', 1), { compare: [] })).rejects.toThrow('only one ranker in it');
  });

  it('finds labels by the number of the sample, and leaves out tasks of which one is not known', async () => {
    const renamed = selections('judge', 1).map((selection, i) => ({
      ...selection,
      candidateId: i === 7 ? null : `cleaned ${i}`,
      sample: i === 0 ? null : i === 7 ? null : 5 * Math.floor(i / 2) + (i % 2),
    }));
    const { selections: measured, notices } = await run(renamed);
    expect(measured).toMatchObject([{ tasks: 3, draws: 6, unlabelledTasks: 1, empty: 1 }]);
    expect(measured[0]?.passAt1.value).toBeCloseTo(5 / 6, 12);
    expect(notices).toEqual([
      'own.jsonl: judge, best of 10: tasks left out, a choice without a label: 1',
      expect.stringContaining('labels of 6 choices were found by the number of their sample alone'),
    ]);
  });

  it.each([
    [
      'two choices of one draw',
      [...selections('a', 1), ...selections('a', 1)],
      /own.jsonl:9: another choice of a in repetition 0 of task 0 than in line 1/,
    ],
    ['what is no selection', [{ taskId: 'task 0', judge: 'me', label: 1 }], /own.jsonl:1: repetition/],
    [
      'labels of other candidates',
      selections('a', 1, { candidateId: 'unheard of' }),
      /no task whose choices all have a label in .*results.jsonl/,
    ],
    ['nothing', [], /own.jsonl: no selection in it/],
  ])('refuses %s', async (_, own, message) => {
    await expect(run(own)).rejects.toThrow(message);
  });
});
