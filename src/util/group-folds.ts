import { seededRandom } from './random.ts';

/**
 * The fold (0 to count − 1) of each row, such that rows of one group are in one fold and folds have about as many rows as one
 * another; groups of one size are dealt in an order drawn with the seed. With fewer groups than `count`, one fold a group.
 */
export function groupFolds(groups: readonly string[], count: number, seed: number): Int32Array {
  const random = seededRandom(seed);
  const sizes = new Map<string, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const dealt = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, size]) => ({ group, size, draw: random() }))
    .sort((a, b) => b.size - a.size || a.draw - b.draw);
  const filled = new Array<number>(Math.min(count, dealt.length)).fill(0);
  const foldOf = new Map<string, number>();
  for (const { group, size } of dealt) {
    const fold = filled.indexOf(Math.min(...filled));
    filled[fold] = (filled[fold] ?? 0) + size;
    foldOf.set(group, fold);
  }
  return Int32Array.from(groups, (group) => foldOf.get(group) ?? 0);
}
