import { describe, expect, it } from 'vitest';
import { judgeAgreement } from './judge-agreement.ts';

describe('judgeAgreement', () => {
  it('compares each pair on what both answered', () => {
    // The vector of methods.md, section 7: 20, 5, 10, 15.
    const labels = [
      ...Array.from({ length: 20 }, () => [1, 1, null] as const),
      ...Array.from({ length: 5 }, () => [0, 1, 0] as const),
      ...Array.from({ length: 10 }, () => [1, 0, 0] as const),
      ...Array.from({ length: 15 }, () => [0, 0, 0] as const),
    ];
    const [ab, ac, bc] = judgeAgreement(['a', 'b', 'c'], labels);
    expect(ab).toMatchObject({ first: 'a', second: 'b', candidates: 50, bothCorrect: 0.4, bothWrong: 0.3 });
    expect(ab?.agreed).toBeCloseTo(0.7, 12);
    expect(ab?.kappa).toBeCloseTo(0.4, 12);
    expect(ac).toMatchObject({ candidates: 30, bothCorrect: 0 });
    expect(bc).toMatchObject({ candidates: 30, kappa: 0 });
  });

  it('knows nothing without candidates, and no kappa where both say one thing only', () => {
    expect(judgeAgreement(['a', 'b'], [])).toEqual([
      {
        ...{ first: 'a', second: 'b', candidates: 0 },
        ...{ agreed: null, kappa: null, bothCorrect: null, bothWrong: null },
      },
    ]);
    expect(judgeAgreement(['a', 'b'], [[1, 1]])).toMatchObject([{ agreed: 1, kappa: null }]);
    expect(judgeAgreement(['a'], [[1]])).toEqual([]);
  });
});
