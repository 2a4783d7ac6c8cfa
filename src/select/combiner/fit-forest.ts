import type { CombinerModel, Tree } from '../../contracts/combiner.ts';
import { type Random, seededRandom } from '../../util/random.ts';
import type { CombinerRow } from './combiner-rows.ts';

export interface ForestOptions {
  readonly trees: number;
  readonly depth: number;
  /** Fewest rows of a leaf. */
  readonly leaf: number;
  readonly seed: number;
}

type GrowingTree = { [K in keyof Tree]: number[] };

/**
 * A random forest of classification trees: each tree on rows drawn with replacement, each split the best (Gini) of a random
 * square root of the inputs. Deterministic for a seed.
 *
 * @throws {RangeError} without rows.
 * @see Breiman, "Random Forests", Machine Learning 45 (2001)
 */
export function fitForest(rows: readonly CombinerRow[], options: ForestOptions): CombinerModel {
  if (rows.length === 0) throw new RangeError('a forest needs rows');
  const random = seededRandom(options.seed);
  const trees = Array.from({ length: options.trees }, () => {
    const drawn = rows.map(() => rows[Math.floor(random() * rows.length)] as CombinerRow);
    const tree: GrowingTree = { feature: [], threshold: [], left: [], right: [], value: [] };
    grow(tree, drawn, options.depth, options.leaf, random);
    return tree;
  });
  return { kind: 'forest', trees };
}

/** Adds a node for these rows and all below it; returns its number. */
function grow(
  tree: GrowingTree,
  rows: readonly CombinerRow[],
  depth: number,
  leaf: number,
  random: Random,
): number {
  const node = tree.feature.length;
  const ones = rows.filter(({ target }) => target === 1).length;
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.value.push(ones / rows.length);
  const split = depth === 0 || ones === 0 || ones === rows.length ? null : bestSplit(rows, leaf, random);
  if (split === null) return node;
  const { feature, threshold } = split;
  const isLeft = ({ inputs }: CombinerRow) => (inputs[feature] ?? 0) <= threshold;
  tree.feature[node] = feature;
  tree.threshold[node] = threshold;
  tree.left[node] = grow(tree, rows.filter(isLeft), depth - 1, leaf, random);
  tree.right[node] = grow(
    tree,
    rows.filter((row) => !isLeft(row)),
    depth - 1,
    leaf,
    random,
  );
  return node;
}

function bestSplit(
  rows: readonly CombinerRow[],
  leaf: number,
  random: Random,
): { feature: number; threshold: number } | null {
  const columns = rows[0]?.inputs.length ?? 0;
  const ones = rows.filter(({ target }) => target === 1).length;
  let best: { feature: number; threshold: number } | null = null;
  let least = gini(ones, rows.length) - 1e-12;
  for (const feature of someOf(columns, random)) {
    const sorted = rows.toSorted((a, b) => (a.inputs[feature] ?? 0) - (b.inputs[feature] ?? 0));
    let onesLeft = 0;
    for (let left = 1; left < sorted.length; left++) {
      onesLeft += sorted[left - 1]?.target ?? 0;
      const [low, high] = [sorted[left - 1]?.inputs[feature] ?? 0, sorted[left]?.inputs[feature] ?? 0];
      if (low === high || left < leaf || sorted.length - left < leaf) continue;
      const impurity = gini(onesLeft, left) + gini(ones - onesLeft, sorted.length - left);
      if (impurity < least) {
        least = impurity;
        // Between two doubles next to each other the middle may be the upper one.
        const middle = low + (high - low) / 2;
        best = { feature, threshold: middle < high ? middle : low };
      }
    }
  }
  return best;
}

/** Rows × Gini impurity. */
function gini(ones: number, rows: number): number {
  return (2 * ones * (rows - ones)) / rows;
}

/** A random square root of the columns, at least one. */
function someOf(columns: number, random: Random): number[] {
  const rest = Array.from({ length: columns }, (_, column) => column);
  const count = Math.max(1, Math.floor(Math.sqrt(columns)));
  return Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)[0] as number);
}
