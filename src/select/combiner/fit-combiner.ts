import type { CombinerModel, LearnedCombination } from '../../contracts/combiner.ts';
import { fitLogistic } from '../../util/fit-logistic.ts';
import { groupFolds } from '../../util/group-folds.ts';
import { combineLearned } from './combine-learned.ts';
import type { CombinerRow } from './combiner-rows.ts';
import { fitForest } from './fit-forest.ts';
import { fitNetwork } from './fit-network.ts';

/** What the folds choose from; the forest has the paper's size alone. */
const CHOICES: Readonly<Record<LearnedCombination, readonly Readonly<Record<string, number>>[]>> = {
  logistic: [{ l2: 0.1 }, { l2: 1 }, { l2: 10 }],
  forest: [{ trees: 200, depth: 6, leaf: 5 }],
  network: [
    { hidden: 16, steps: 50 },
    { hidden: 16, steps: 200 },
    { hidden: 16, steps: 800 },
  ],
};

/** Predictions nearer to 0 or 1 count as this near: one of them must not decide. */
const CLIP = 1e-6;

export interface FittedCombiner {
  readonly model: CombinerModel;
  readonly settings: Readonly<Record<string, number>>;
  /** A prediction a row, by a model that was fitted without the row's task. */
  readonly outOfFold: readonly number[];
}

export interface FitCombinerOptions {
  /** Parts of the tasks; fewer where there are fewer tasks. */
  readonly folds: number;
  readonly seed: number;
}

/**
 * Fits a combination on all rows, with the settings of least cross-entropy in cross-validation over folds of whole tasks. Rows are
 * taken as they come: the same rows, in the same order, and seed give the same model.
 *
 * Null with fewer than two tasks, or when a fold leaves nothing to tell apart.
 *
 * @see arXiv 2602.11911, ensembles fitted on the validation set
 */
export function fitCombiner(
  kind: LearnedCombination,
  rows: readonly CombinerRow[],
  { folds, seed }: FitCombinerOptions,
): FittedCombiner | null {
  const foldOf = groupFolds(
    rows.map(({ taskId }) => taskId),
    folds,
    seed,
  );
  const count = new Set(foldOf).size;
  if (count < 2) return null;
  let best: { settings: Readonly<Record<string, number>>; outOfFold: number[]; loss: number } | null = null;
  for (const settings of CHOICES[kind]) {
    const outOfFold: number[] = new Array(rows.length).fill(0);
    for (let fold = 0; fold < count; fold++) {
      const model = fitOne(
        kind,
        rows.filter((_row, index) => foldOf[index] !== fold),
        settings,
        seed,
      );
      if (model === null) return null;
      for (const [index, { inputs }] of rows.entries()) {
        if (foldOf[index] === fold) outOfFold[index] = combineLearned(model, inputs);
      }
    }
    const loss = crossEntropy(rows, outOfFold);
    if (best === null || loss < best.loss) best = { settings, outOfFold, loss };
  }
  const model = best === null ? null : fitOne(kind, rows, best.settings, seed);
  return best === null || model === null
    ? null
    : { model, settings: best.settings, outOfFold: best.outOfFold };
}

function fitOne(
  kind: LearnedCombination,
  rows: readonly CombinerRow[],
  settings: Readonly<Record<string, number>>,
  seed: number,
): CombinerModel | null {
  const { l2 = 1, trees = 200, depth = 6, leaf = 5, hidden = 16, steps = 200 } = settings;
  const ones = rows.filter(({ target }) => target === 1).length;
  if (ones === 0 || ones === rows.length) return null;
  if (kind === 'forest') return fitForest(rows, { trees, depth, leaf, seed });
  if (kind === 'network') return fitNetwork(rows, { hidden, steps, seed });
  const columns = rows[0]?.inputs.length ?? 0;
  const fit = fitLogistic(
    {
      features: Float64Array.from(rows.flatMap(({ inputs }) => inputs)),
      columns,
      targets: rows.map(({ target }) => target),
      weights: null,
    },
    { l2 },
  );
  return fit === null
    ? null
    : { kind: 'logistic', coefficients: [...fit.coefficients], intercept: fit.intercept };
}

function crossEntropy(rows: readonly CombinerRow[], predictions: readonly number[]): number {
  const total = rows.reduce((sum, { target }, index) => {
    const p = Math.min(1 - CLIP, Math.max(CLIP, predictions[index] ?? 0.5));
    return sum - Math.log(target === 1 ? p : 1 - p);
  }, 0);
  return total / rows.length;
}
