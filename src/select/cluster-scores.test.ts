import { expect, it } from 'vitest';
import { clusterScores } from './cluster-scores.ts';

it('clusterScores sums votes × probability over candidates that behave alike', () => {
  const scores = clusterScores([
    { id: 'a', multiplicity: 2, behaviour: 'x', probability: 0.4 },
    { id: 'b', multiplicity: 1, behaviour: 'x', probability: 0.3 },
    { id: 'c', multiplicity: 1, behaviour: 'y', probability: 0.9 },
    { id: 'd', multiplicity: 5, behaviour: 'z', probability: null },
    { id: 'e', multiplicity: 1, behaviour: 'z', probability: 0.2 },
    { id: 'f', multiplicity: 9, behaviour: null, probability: 0.1 },
    { id: 'g', multiplicity: 9, behaviour: null, probability: null },
  ]);
  expect(scores.get('a')).toBeCloseTo(1.1, 6);
  expect(scores.get('b')).toBeCloseTo(1.1, 6);
  // Within a cluster the surer one goes first.
  expect(scores.get('a')).toBeGreaterThan(scores.get('b') ?? 9);
  expect(scores.get('c')).toBeCloseTo(0.9, 6);
  expect(scores.get('d')).toBeCloseTo(0.2, 6);
  // What could not be observed is alike to nobody.
  expect(scores.get('f')).toBeCloseTo(0.9, 6);
  expect(scores.get('g')).toBeNull();
});
