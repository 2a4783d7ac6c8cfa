import { describe, expect, it } from 'vitest';
import { codetScores } from './codet-scores.ts';

describe('codetScores', () => {
  it('is √(samples) × tests of the set that passes the same tests, with duplicates counted on both sides', () => {
    // By hand: {a} passes both tests, written twice and once: √1 × 3 = 3. {b, c} pass the first: √(2 + 1) × 2 = 3.464.
    const scores = codetScores(
      [
        { id: 'a', multiplicity: 1, passes: '11' },
        { id: 'b', multiplicity: 2, passes: '10' },
        { id: 'c', multiplicity: 1, passes: '10' },
      ],
      [2, 1],
    );
    expect(scores.get('a')).toBe(3);
    expect(scores.get('b')).toBeCloseTo(3.4641, 4);
    expect(scores.get('c')).toBe(scores.get('b'));
  });

  it('does not pool candidates that pass as many tests, but others', () => {
    const scores = codetScores(
      [
        { id: 'a', multiplicity: 4, passes: '100' },
        { id: 'b', multiplicity: 1, passes: '010' },
        { id: 'c', multiplicity: 1, passes: '011' },
      ],
      [1, 1, 3],
    );
    expect([...scores]).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 4],
    ]);
  });

  it('is 0 for what passes nothing, without tests too', () => {
    const failing = [
      { id: 'a', multiplicity: 3, passes: '00' },
      { id: 'b', multiplicity: 1, passes: '00' },
    ];
    expect([...codetScores(failing, [1, 5]).values()]).toEqual([0, 0]);
    expect([...codetScores([{ id: 'a', multiplicity: 1, passes: '' }], []).values()]).toEqual([0]);
    expect(codetScores([], [1])).toEqual(new Map());
  });
});
