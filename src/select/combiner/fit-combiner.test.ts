import { describe, expect, it } from 'vitest';
import { combinerModelSchema, type Tree } from '../../contracts/combiner.ts';
import { seededRandom } from '../../util/random.ts';
import { combineLearned } from './combine-learned.ts';
import { combinerInputs } from './combiner-inputs.ts';
import type { CombinerRow } from './combiner-rows.ts';
import { fitCombiner } from './fit-combiner.ts';
import { fitForest } from './fit-forest.ts';
import { fitNetwork } from './fit-network.ts';

/** Two judges, the second one never right by itself: a candidate is correct when they agree. */
function agreement(count: number, seed = 1): CombinerRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const labels = [random() < 0.5 ? 1 : 0, random() < 0.5 ? 1 : 0];
    const inputs = [labels[0] ?? 0, 0.5 + random() / 2, labels[1] ?? 0, 0.5 + random() / 2];
    return { taskId: `t${index % 10}`, inputs, target: labels[0] === labels[1] ? 1 : 0 };
  });
}
const depthOf = (tree: Tree, node = 0): number =>
  (tree.feature[node] ?? -1) < 0
    ? 0
    : 1 + Math.max(depthOf(tree, tree.left[node]), depthOf(tree, tree.right[node]));

it('combinerInputs are label and confidence of each judge, one half where nothing is said', () => {
  const sure = { label: 1 as const, confidence: 0.9 };
  expect(combinerInputs([sure, { label: 0, confidence: 0.6 }])).toEqual([1, 0.9, 0, 0.6]);
  expect(combinerInputs([sure, null, { label: null, confidence: 0.4 }])).toEqual([
    1, 0.9, 0.5, 0.5, 0.5, 0.5,
  ]);
  expect(combinerInputs([{ label: 0, confidence: null }])).toEqual([0, 0.5]);
  expect(combinerInputs([null, { label: null, confidence: 0.4 }])).toBeNull();
});

describe('combineLearned', () => {
  it('follows a tree, ties to the left, and takes the mean of trees', () => {
    const stump = { feature: [1, -1, -1], threshold: [0.5, 0, 0], left: [1, -1, -1], right: [2, -1, -1] };
    const trees = [
      { ...stump, value: [0.5, 0.2, 0.8] },
      { feature: [-1], threshold: [0], left: [-1], right: [-1], value: [0.6] },
    ];
    expect(combineLearned({ kind: 'forest', trees }, [9, 0.5])).toBeCloseTo(0.4, 12);
    expect(combineLearned({ kind: 'forest', trees }, [9, 0.51])).toBeCloseTo(0.7, 12);
  });

  it('computes a logistic model and a network', () => {
    const logistic = { kind: 'logistic' as const, coefficients: [2, -1], intercept: 0.5 };
    expect(combineLearned(logistic, [1, 0.5])).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
    const network = {
      kind: 'network' as const,
      means: [1],
      deviations: [2],
      hidden: [[1], [-2]],
      hiddenBias: [0, 1],
      output: [1, 3],
      outputBias: -1,
    };
    const margin = -1 + Math.tanh(1) + 3 * Math.tanh(-1);
    expect(combineLearned(network, [3])).toBeCloseTo(1 / (1 + Math.exp(-margin)), 12);
  });
});

describe('fitForest and fitNetwork', () => {
  it.each([
    ['forest', () => fitForest(agreement(400), { trees: 200, depth: 6, leaf: 5, seed: 1 })],
    ['network', () => fitNetwork(agreement(400), { hidden: 16, steps: 300, seed: 1 })],
  ] as const)('%s learns what no single judge says, and is the same for the same seed', (_, learn) => {
    const model = learn();
    expect(learn()).toEqual(model);
    expect(combinerModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
    const fresh = agreement(200, 2);
    const right = fresh.filter(
      ({ inputs, target }) => combineLearned(model, inputs) > 0.5 === (target === 1),
    );
    expect(right.length / fresh.length).toBeGreaterThan(0.97);
  });

  it('trees are no deeper and leaves no smaller than asked for', () => {
    const noise = agreement(300).map((row, index) => ({
      ...row,
      target: (index % 3 === 0 ? 1 : 0) as 0 | 1,
    }));
    const model = fitForest(noise, { trees: 20, depth: 3, leaf: 40, seed: 2 });
    if (model.kind !== 'forest') throw new Error('no forest');
    for (const tree of model.trees) {
      expect(depthOf(tree)).toBeLessThanOrEqual(3);
      // 300 rows in leaves of at least 40.
      expect(tree.feature.filter((feature) => feature < 0).length).toBeLessThanOrEqual(7);
      for (const value of tree.value) expect(value).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('fitCombiner', () => {
  it.each(['logistic', 'forest', 'network'] as const)('%s predicts each row without its task', (kind) => {
    // A task's rows share an input that tells their label and means the opposite in no other task: only a leak could use it.
    const random = seededRandom(7);
    const rows: CombinerRow[] = Array.from({ length: 200 }, (_, index) => ({
      taskId: `t${index % 20}`,
      inputs: [random() < 0.5 ? 1 : 0, (index % 20) / 20],
      target: random() < 0.5 ? 1 : 0,
    }));
    const fitted = fitCombiner(kind, rows, { folds: 5, seed: 1 });
    if (fitted === null) throw new Error('nothing fitted');
    const right = rows.filter(({ target }, index) => (fitted.outOfFold[index] ?? 0) > 0.5 === (target === 1));
    expect(Math.abs(right.length / rows.length - 0.5)).toBeLessThan(0.15);
    expect(fitted.model.kind).toBe(kind);
  });

  it('has nothing to say of one task, or of one label', () => {
    const rows = agreement(50);
    expect(
      fitCombiner(
        'logistic',
        rows.map((row) => ({ ...row, taskId: 't' })),
        { folds: 5, seed: 1 },
      ),
    ).toBeNull();
    expect(
      fitCombiner(
        'forest',
        rows.map((row) => ({ ...row, target: 1 as const })),
        { folds: 5, seed: 1 },
      ),
    ).toBeNull();
  });
});
