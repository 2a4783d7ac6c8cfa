import { describe, expect, it } from 'vitest';
import { groupFolds } from './group-folds.ts';

describe('groupFolds', () => {
  it('keeps a group together and the folds alike', () => {
    const groups = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((group, index) => Array(index + 1).fill(group));
    const folds = groupFolds(groups, 3, 1);
    const byGroup = Map.groupBy(groups.keys(), (row) => groups[row]);
    for (const rows of byGroup.values()) expect(new Set(rows.map((row) => folds[row])).size).toBe(1);
    const sizes = [0, 1, 2].map((fold) => folds.filter((each) => each === fold).length);
    expect(sizes).toEqual([7, 7, 7]);
  });

  it('does not depend on the order of the rows, but on the seed', () => {
    const groups = 'abcdefgh'.split('');
    const one = groupFolds(groups, 4, 1);
    expect([...groupFolds(groups.toReversed(), 4, 1)].toReversed()).toEqual([...one]);
    expect([2, 3, 4].some((seed) => groupFolds(groups, 4, seed).join() !== one.join())).toBe(true);
  });

  it('makes one fold a group where there are fewer groups, and none of nothing', () => {
    expect(new Set(groupFolds(['a', 'a', 'b'], 5, 0)).size).toBe(2);
    expect(groupFolds([], 5, 0)).toHaveLength(0);
  });
});
