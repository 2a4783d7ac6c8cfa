import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogistic, type LogisticData, type LogisticModel } from './fit-logistic.ts';
import { predictLogistic } from './predict-logistic.ts';
import { seededRandom } from './random.ts';

const ROWS = [
  [0.5, 10],
  [1.5, -3],
  [2, 4],
  [3, 8],
  [2.5, -6],
  [1, 0],
  [0.2, 5],
  [2.8, 2],
];
const data: LogisticData = {
  features: Float64Array.from(ROWS.flat()),
  columns: 2,
  targets: [0, 0, 1, 1, 1, 0, 1, 0],
  weights: [1, 2, 1, 1, 3, 1, 0.5, 1],
};

describe('fitLogistic', () => {
  // LogisticRegression(C = 1 / l2, tol=1e-14, solver="newton-cg") of scikit-learn 1.9.1.
  it.each([
    [1, [0.7468986989698545, -0.02948317883633412], -1.3221381926105482],
    [0.1, [1.231316605099245, -0.012964561042798695], -2.2598326470962466],
    [10, [0.16827667844958452, -0.046889366908300006], -0.21155364858727874],
  ])('finds what scikit-learn finds with l2 %f', (l2, coefficients, intercept) => {
    const fit = fitLogistic(data, { l2, standardise: false });
    expect(fit?.converged).toBe(true);
    expect(fit?.intercept).toBeCloseTo(intercept, 6);
    fit?.coefficients.map((value, j) => expect(value).toBeCloseTo(coefficients[j] as number, 6));
  });

  it('penalises standardised features by default, and gives coefficients for those as they were', () => {
    const fit = fitLogistic(data, { l2: 1 });
    expect(fit?.coefficients[0]).toBeCloseTo(0.8508242998940101, 6);
    expect(fit?.coefficients[1]).toBeCloseTo(-0.01777213966167908, 6);
    expect(fit?.intercept).toBeCloseTo(-1.5218996359384416, 6);
    const inMetres = {
      ...data,
      features: data.features.map((value, i) => (i % 2 === 0 ? value / 1000 : value)),
    };
    const other = fitLogistic(inMetres, { l2: 1 });
    expect((other?.coefficients[0] as number) / 1000).toBeCloseTo(fit?.coefficients[0] as number, 9);
    expect(other?.intercept).toBeCloseTo(fit?.intercept as number, 9);
  });

  it('is null when there is nothing to tell apart', () => {
    const none = { features: new Float64Array(0), columns: 3, targets: [], weights: null };
    expect(fitLogistic(none, { l2: 1 })).toBeNull();
    expect(fitLogistic({ ...data, targets: new Array(8).fill(1) }, { l2: 1 })).toBeNull();
    expect(fitLogistic({ ...data, targets: new Array(8).fill(0) }, { l2: 1 })).toBeNull();
    expect(fitLogistic({ ...data, weights: new Array(8).fill(0) }, { l2: 1 })).toBeNull();
    // The only rows of the other class have no weight.
    expect(fitLogistic({ ...data, weights: [1, 1, 0, 0, 0, 1, 0, 1] }, { l2: 1 })).toBeNull();
  });

  it('fits the intercept alone without features, and leaves a constant feature out', () => {
    const alone = fitLogistic({ ...data, features: new Float64Array(0), columns: 0 }, { l2: 1 });
    // 5.5 of a weight of 10.5 are ones.
    expect(alone?.intercept).toBeCloseTo(Math.log(5.5 / 5), 9);
    const constant = fitLogistic({ ...data, features: new Float64Array(8).fill(0.1), columns: 1 }, { l2: 1 });
    expect(constant?.coefficients).toEqual([expect.closeTo(0, 9)]);
  });

  it('says that it did not converge when a plane separates the classes and nothing is penalised', () => {
    const separable = {
      ...data,
      features: Float64Array.from([1, 2, 3, 4]),
      columns: 1,
      targets: [0, 0, 1, 1],
      weights: null,
    };
    expect(fitLogistic(separable, { l2: 0, maxIterations: 5 })?.converged).toBe(false);
    expect(fitLogistic(separable, { l2: 1e-3 })?.converged).toBe(true);
  });

  it('refuses what it cannot fit', () => {
    expect(() => fitLogistic({ ...data, columns: 3 }, { l2: 1 })).toThrow(
      /16 features and 8 weights for 8 rows of 3/,
    );
    expect(() => fitLogistic({ ...data, weights: [1] }, { l2: 1 })).toThrow(RangeError);
    expect(() => fitLogistic({ ...data, targets: [0, 0, 1, 1, 1, 0, 1, 2] }, { l2: 1 })).toThrow(
      /targets in/,
    );
    expect(() => fitLogistic({ ...data, weights: [1, 2, 1, 1, 3, 1, -1, 1] }, { l2: 1 })).toThrow(/negative/);
    expect(() => fitLogistic(data, { l2: Number.NaN })).toThrow(/l2/);
    const broken = data.features.with(5, Number.NaN);
    expect(() => fitLogistic({ ...data, features: broken }, { l2: 1 })).toThrow(/feature 1 of row 2 is NaN/);
  });

  it('predicts rows of as many features as it has coefficients', () => {
    const model = { coefficients: [1, -2], intercept: 0.5 };
    expect(predictLogistic(model, [3, 1])).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 12);
    expect(() => predictLogistic(model, [3])).toThrow(RangeError);
  });

  it('counts a row of weight 2 as two rows', () => {
    const doubled = [...ROWS, ...ROWS.slice(0, 3)];
    const targets = [...Array.from(data.targets), 0, 0, 1];
    const twice = { features: Float64Array.from(doubled.flat()), columns: 2, targets, weights: null };
    const weighted = { ...data, weights: [2, 2, 2, 1, 1, 1, 1, 1] };
    const [a, b] = [fitLogistic(twice, { l2: 1 }), fitLogistic(weighted, { l2: 1 })];
    expect(a?.intercept).toBeCloseTo(b?.intercept as number, 9);
    expect(a?.coefficients[1]).toBeCloseTo(b?.coefficients[1] as number, 9);
  });

  it('leaves no gradient at the optimum, for features of any scale, more of them than rows too', () => {
    const cases = fc.record({
      seed: fc.nat(),
      rows: fc.integer({ min: 2, max: 40 }),
      columns: fc.nat(60),
      l2: fc.constantFrom(0.01, 1, 30),
    });
    fc.assert(
      fc.property(cases, ({ seed, rows, columns, l2 }) => {
        const drawn = drawData(seed, rows, columns);
        const fit = fitLogistic(drawn, { l2, standardise: false });
        if (fit === null) return;
        expect(fit.converged).toBe(true);
        gradientOf(drawn, fit, l2).map((value) => expect(Math.abs(value)).toBeLessThan(1e-4));
        expect(fitLogistic(drawn, { l2, standardise: false })).toEqual(fit);
      }),
    );
  });
});

/** Columns of different scale and offset; a quarter of the targets is soft. */
function drawData(seed: number, rows: number, columns: number): LogisticData {
  const random = seededRandom(seed);
  return {
    features: Float32Array.from(
      { length: rows * columns },
      (_, i) => (random() - 0.3) * 10 ** ((i % columns) % 3),
    ),
    columns,
    targets: Array.from({ length: rows }, () => (random() < 0.25 ? random() : Math.round(random()))),
    weights: Array.from({ length: rows }, () => Math.floor(random() * 4)),
  };
}

function gradientOf(
  { features, columns, targets, weights }: LogisticData,
  model: LogisticModel,
  l2: number,
): number[] {
  const row = (i: number) => Array.from(features.subarray(i * columns, (i + 1) * columns));
  const gradient = [...model.coefficients.map((value) => l2 * value), 0];
  for (let i = 0; i < targets.length; i++) {
    const residual = (weights?.[i] ?? 1) * (predictLogistic(model, row(i)) - (targets[i] as number));
    for (const [j, x] of [...row(i), 1].entries()) gradient[j] = (gradient[j] as number) + residual * x;
  }
  return gradient;
}
