import { describe, expect, it } from 'vitest';
import { mcnemar } from './mcnemar.ts';

/** To four significant digits, as the references are given. */
const near = (value: number) => ({
  asymmetricMatch: (other: unknown) => Math.abs((other as number) / value - 1) < 5e-4,
  toString: () => `near ${value}`,
});

describe('mcnemar', () => {
  it.each([
    [121, 59, 4.43e-6, [21.3556, 3.82e-6], [20.6722, 5.45e-6], [2.0508, 1.5023, 2.7996]],
    [6, 16, 0.05248, [4.5455, 0.03301], [3.6818, 0.05501], [0.375, 0.1467, 0.9583]],
    [10, 5, 0.30176, [1.6667, 0.19671], [1.0667, 0.3017], [2, 0.6836, 5.8514]],
  ])('of %i and %i', (b, c, exact, [plain, plainP], [corrected, correctedP], [odds, low, high]) => {
    const result = mcnemar(b, c);
    expect(Math.abs(result.exactPValue / exact - 1)).toBeLessThan(2e-3);
    expect(result).toMatchObject({
      chiSquare: { statistic: near(plain as number) },
      correctedChiSquare: { statistic: near(corrected as number) },
      oddsRatio: near(odds as number),
      low: near(low as number),
      high: near(high as number),
      corrected: false,
    });
    expect(Math.abs((result.chiSquare?.pValue as number) / (plainP as number) - 1)).toBeLessThan(2e-3);
    expect(Math.abs((result.correctedChiSquare?.pValue as number) / (correctedP as number) - 1)).toBeLessThan(
      2e-3,
    );
  });

  it('reports the exact p-value below 25 discordant pairs, else that of the corrected chi-square', () => {
    const [few, many] = [mcnemar(16, 8), mcnemar(16, 9)];
    expect([few.method, few.pValue]).toEqual(['exact', few.exactPValue]);
    expect([many.method, many.pValue]).toEqual(['chi-square', many.correctedChiSquare?.pValue]);
    // scipy.stats.binomtest(59, 180) and (16, 22)
    expect(mcnemar(121, 59).exactPValue).toBeCloseTo(4.4344492637551645e-6, 15);
    expect(mcnemar(6, 16).exactPValue).toBeCloseTo(0.052478790283203125, 12);
  });

  it('adds one half to both where one is 0, and says so', () => {
    expect(mcnemar(4, 0)).toMatchObject({ corrected: true, oddsRatio: 9, exactPValue: 0.125 });
    expect(mcnemar(0, 0)).toMatchObject({ corrected: true, oddsRatio: 1, pValue: 1, chiSquare: null });
  });

  it('is 1 for equal counts, and does not lose itself with many', () => {
    expect(mcnemar(30, 30)).toMatchObject({
      exactPValue: 1,
      pValue: 1,
      correctedChiSquare: { statistic: 0 },
    });
    expect(mcnemar(5000, 4900).exactPValue).toBeCloseTo(0.3197, 3);
  });

  it('refuses what is no count', () => {
    expect(() => mcnemar(-1, 2)).toThrow(RangeError);
    expect(() => mcnemar(1.5, 2)).toThrow(RangeError);
  });
});
