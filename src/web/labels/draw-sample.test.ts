import { expect, it } from 'vitest';
import { explorerData } from '../../../test/support/explorer-data.ts';
import { explorerCandidate, explorerTask } from '../../../test/support/explorer-tasks.ts';
import { packExplorer } from '../../report/explorer/pack-explorer.ts';
import { readRows } from '../explorer/row.ts';
import { drawSample, errorsOf } from './draw-sample.ts';
import type { SamplePlan } from './label-book.ts';

const plan: SamplePlan = { judge: 'A', errors: 'both', confidence: 0.95, margin: 0.05, seed: 1 };
const candidates = Array.from({ length: 1000 }, (_, index) =>
  explorerCandidate(`c${index}`, index < 400 ? 'passed' : 'failed', [index < 128 || index >= 800 ? 0 : 1]),
);
const many = readRows(
  packExplorer({
    tasks: [explorerTask('t', candidates)],
    judges: ['A'],
    study: { name: 's', digest: 'd' },
  }).data,
);

it('draws 223 of 528 errors, the same for the same seed', () => {
  expect(errorsOf(many, 0, 'false-negative')).toHaveLength(128);
  expect(errorsOf(many, 0, 'false-positive')).toHaveLength(400);
  const drawn = drawSample(many, ['A'], plan);
  expect(drawn.size).toBe(223);
  expect(drawSample(many, ['A'], plan)).toEqual(drawn);
  expect(drawSample(many, ['A'], { ...plan, seed: 2 })).not.toEqual(drawn);
  const errors = new Set(errorsOf(many, 0, 'both').map(({ key }) => key));
  expect(drawn.isSubsetOf(errors)).toBe(true);
});

it('takes all of few errors, and none of a judge that is not there', () => {
  const rows = readRows(explorerData);
  expect([...drawSample(rows, ['A', 'B'], plan)].sort()).toEqual([
    'small/a2',
    'small/a3',
    'small/b1',
    'small/c1',
  ]);
  expect(drawSample(rows, ['A', 'B'], { ...plan, judge: 'C' }).size).toBe(0);
});

it('draws each error about equally often', () => {
  const times = new Map<string, number>();
  for (let seed = 0; seed < 400; seed++) {
    for (const key of drawSample(many, ['A'], { ...plan, errors: 'false-negative', margin: 0.2, seed })) {
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  }
  // 21 of 128 each time: 65.6 expected, standard deviation 7.4.
  expect(times.size).toBe(128);
  expect(Math.max(...times.values())).toBeLessThan(100);
  expect(Math.min(...times.values())).toBeGreaterThan(35);
});
