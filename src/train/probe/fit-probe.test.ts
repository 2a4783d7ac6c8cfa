import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../util/random.ts';
import { fitDirection, type ProbeData, scoreRows } from './fit-direction.ts';
import { type FitProbeOptions, fitProbe, type HeldOutScores } from './fit-probe.ts';

const TASKS = 30;
const CANDIDATES = 12;

/**
 * Three features: the first says how easy the task is, and differs between its candidates for no reason; the second says
 * which candidate of a task is correct, and is shifted by task; the third is noise.
 */
function simulate(seed: number): ProbeData {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const features: number[] = [];
  const labels: (0 | 1)[] = [];
  const taskIds: string[] = [];
  for (let task = 0; task < TASKS; task++) {
    const [ease, shift] = [normal(), 3 * normal()];
    for (let candidate = 0; candidate < CANDIDATES; candidate++) {
      const quality = normal();
      labels.push(1.5 * ease + 1.5 * quality + 0.3 * normal() > 0.5 ? 1 : 0);
      features.push(ease + normal(), quality + shift, normal());
      taskIds.push(`t${task}`);
    }
  }
  return { features: Float32Array.from(features), columns: 3, labels, taskIds };
}

/** Share of pairs of a correct and a wrong candidate that are in the right order. */
function ordered({ scores, labels, taskIds }: HeldOutScores, withinTasks: boolean): number | null {
  let [pairs, right] = [0, 0];
  for (const [i, one] of labels.entries()) {
    for (const [j, other] of labels.entries()) {
      if (one !== 1 || other !== 0 || (withinTasks && taskIds[i] !== taskIds[j])) continue;
      pairs += 1;
      right += (scores[i] ?? 0) > (scores[j] ?? 0) ? 1 : 0;
    }
  }
  return pairs === 0 ? null : right / pairs;
}

const options: FitProbeOptions = {
  strengths: [1, 100],
  shares: [0, 0.5, 1],
  folds: 5,
  seed: 1,
  across: (heldOut) => ordered(heldOut, false),
  within: (heldOut) => ordered(heldOut, true),
  chooseThreshold: () => 0,
};

describe('fitDirection', () => {
  it('within tasks learns what sets the candidates of a task apart, and nothing of the task', () => {
    const [ease = 0, quality = 0, noise = 0] =
      fitDirection(simulate(1), { l2: 1, withinTasks: true })?.coefficients ?? [];
    expect(quality).toBeGreaterThan(1);
    expect(Math.abs(ease)).toBeLessThan(0.3);
    expect(Math.abs(noise)).toBeLessThan(0.3);
    const plain = fitDirection(simulate(1), { l2: 1, withinTasks: false })?.coefficients ?? [];
    expect(plain[0]).toBeGreaterThan(0.3);
    expect(plain[1]).toBeLessThan(quality / 2);
  });

  it('gives the mean candidate the score 0, whatever the share of correct ones', () => {
    const data = simulate(1);
    for (const withinTasks of [false, true]) {
      const direction = fitDirection(data, { l2: 1000, withinTasks });
      const scores = scoreRows(data, direction ?? { coefficients: [], intercept: 1 });
      expect(scores.reduce((sum, score) => sum + score / scores.length, 0)).toBeCloseTo(0, 6);
    }
  });

  it('is null with one label', () => {
    const data = simulate(1);
    expect(
      fitDirection({ ...data, labels: data.labels.map(() => 1) }, { l2: 1, withinTasks: false }),
    ).toBeNull();
  });
});

describe('fitProbe', () => {
  it('keeps the tasks of a group in one fold', () => {
    const data = simulate(3);
    const alone = fitProbe(data, options);
    expect(fitProbe(data, { ...options, groupOf: (id) => id })?.heldOut.scores).toEqual(
      alone?.heldOut.scores,
    );
    // With two groups each is scored by a model of the other.
    const halves = { ...options, groupOf: (id: string) => (Number(id.slice(1)) < TASKS / 2 ? 'a' : 'b') };
    expect(fitProbe(data, halves)?.heldOut.scores).not.toEqual(alone?.heldOut.scores);
    expect(fitProbe(data, { ...options, groupOf: () => 'one' })).toBeNull();
  });

  it('mixes both directions, and holds for other tasks', () => {
    const fit = fitProbe(simulate(1), options);
    expect(fit?.share).toBeGreaterThan(0);
    const fresh = simulate(2);
    const scores = scoreRows(fresh, fit ?? { coefficients: [], intercept: 0 });
    expect(ordered({ ...fresh, scores }, true)).toBeGreaterThan(0.75);
    const plain = fitProbe(simulate(1), { ...options, shares: [0] });
    const plainScores = scoreRows(fresh, plain ?? { coefficients: [], intercept: 0 });
    expect(ordered({ ...fresh, scores: plainScores }, true)).toBeLessThan(
      ordered({ ...fresh, scores }, true) ?? 0,
    );
    expect(fitProbe(simulate(1), options)).toEqual(fit);
  });

  it('takes the threshold off, so that "correct" begins at one half', () => {
    const plain = fitProbe(simulate(1), options);
    const moved = fitProbe(simulate(1), { ...options, chooseThreshold: () => -1 });
    expect(moved?.coefficients).toEqual(plain?.coefficients);
    expect(moved?.intercept).toBeCloseTo((plain?.intercept ?? Number.NaN) + 1, 10);
  });

  it('is null where there is nothing to learn', () => {
    const data = simulate(1);
    expect(fitProbe({ ...data, labels: data.labels.map(() => 0) }, options)).toBeNull();
    expect(fitProbe({ ...data, taskIds: data.taskIds.map(() => 't') }, options)).toBeNull();
    expect(fitProbe({ ...data, features: data.features.map(() => 1) }, options)).toBeNull();
  });

  it('learns across tasks alone where no task has both labels', () => {
    const data = simulate(1);
    const labels = data.taskIds.map(
      (_, row) => ((data.features[3 * (row - (row % CANDIDATES))] ?? 0) > 0 ? 1 : 0) as 0 | 1,
    );
    expect(fitProbe({ ...data, labels }, options)?.share).toBe(0);
  });
});
