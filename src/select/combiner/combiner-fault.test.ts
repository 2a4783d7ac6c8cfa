import { describe, expect, it } from 'vitest';
import type { CombinerModel, Tree } from '../../contracts/combiner.ts';
import { combinerFault } from './combiner-fault.ts';

const tree: Tree = {
  feature: [0, -1, -1],
  threshold: [0.5, 0, 0],
  left: [1, -1, -1],
  right: [2, -1, -1],
  value: [0.5, 0.1, 0.9],
};
const forest = (change: Partial<Tree>): CombinerModel => ({
  kind: 'forest',
  trees: [tree, { ...tree, ...change }],
});
const network = {
  kind: 'network' as const,
  means: [0, 0],
  deviations: [1, 1],
  hidden: [[1, 1]],
  hiddenBias: [0],
  output: [1],
  outputBias: 0,
};

describe('combinerFault', () => {
  it('finds none in sound ones', () => {
    expect(combinerFault({ kind: 'logistic', coefficients: [1, 2], intercept: 0 }, 2)).toBeNull();
    expect(combinerFault(forest({}), 2)).toBeNull();
    expect(combinerFault(network, 2)).toBeNull();
  });

  it('counts inputs', () => {
    expect(combinerFault({ kind: 'logistic', coefficients: [1], intercept: 0 }, 2)).toBe(
      'expected 2 coefficients, received 1',
    );
    expect(combinerFault({ ...network, hidden: [[1]] }, 2)).toBe('expected 2 weights of a unit, received 1');
    expect(combinerFault({ ...network, output: [] }, 2)).toBe('expected 1 output weights, received 0');
  });

  it.each([
    ['circles', { left: [0, -1, -1] }],
    ['leads out', { right: [3, -1, -1] }],
    ['asks for an input that is not there', { feature: [2, -1, -1] }],
    ['has lists of different lengths', { value: [0.5] }],
    ['is empty', { feature: [], threshold: [], left: [], right: [], value: [] }],
  ])('refuses a tree that %s', (_name, change) => {
    expect(combinerFault(forest(change), 2)).toBe('tree 1 does not lead from its root to leaves');
  });
});
