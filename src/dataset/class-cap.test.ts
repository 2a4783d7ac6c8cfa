import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createClassCap } from './class-cap.ts';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);

function keptOf(most: number | null, seed: number, candidates: readonly string[]): string[] {
  const cap = createClassCap(most, seed);
  for (const id of candidates) cap.see('t', 1, id);
  return candidates.filter((id) => cap.keeps('t', 1, id));
}

describe('createClassCap', () => {
  it('keeps at most so many, all when there are fewer, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        fc.shuffledSubarray(ids(20), { minLength: 20 }),
        (most, seed, candidates) => {
          const kept = keptOf(most, seed, candidates);
          expect(kept).toHaveLength(Math.min(most, 20));
          expect(kept.sort()).toEqual(keptOf(most, seed, ids(20)).sort());
        },
      ),
    );
  });

  it('counts each class of each task by itself', () => {
    const cap = createClassCap(1, 0);
    cap.see('t', 0, 'a');
    cap.see('t', 1, 'b');
    cap.see('u', 1, 'c');
    expect([cap.keeps('t', 0, 'a'), cap.keeps('t', 1, 'b'), cap.keeps('u', 1, 'c')]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('without a number keeps all; another seed keeps others', () => {
    expect(keptOf(null, 1, ids(50))).toHaveLength(50);
    expect(keptOf(5, 1, ids(50))).not.toEqual(keptOf(5, 2, ids(50)));
  });
});
