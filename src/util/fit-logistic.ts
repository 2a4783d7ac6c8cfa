import { sigmoid } from './logistic-function.ts';
import { type FeatureValues, type ScaledMatrix, scaleMatrix } from './scaled-matrix.ts';

/** Rows to learn from. */
export interface LogisticData {
  /** Row after row, `columns` numbers each, all finite. */
  readonly features: FeatureValues;
  /** Numbers a row; 0 fits the intercept alone. */
  readonly columns: number;
  /** One a row, in [0, 1]: a label, or a smoothed one. */
  readonly targets: ArrayLike<number>;
  /** One a row, none negative; a row of weight 2 counts as two rows. Null = 1 each. */
  readonly weights: ArrayLike<number> | null;
}

export interface LogisticOptions {
  /**
   * Strength of the penalty l2/2 · Σ β², added to the sum (not the mean) of the rows' losses; 0 for none. Scikit-learn's
   * C is 1 / l2. The intercept is not penalised.
   */
  readonly l2: number;
  /** Penalise the coefficients of the standardised features, so that the unit of a feature does not matter. Default true. */
  readonly standardise?: boolean;
  /** Largest element of the gradient of the mean loss at which it is done. Default 1e-8. */
  readonly tolerance?: number;
  /** Newton steps. Default 100. */
  readonly maxIterations?: number;
}

/** A logistic model, P(1) = sigmoid(intercept + Σ coefficient · feature), for features as they were given. */
export interface LogisticModel {
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

export interface LogisticFit extends LogisticModel {
  readonly iterations: number;
  /** False when it stopped before the tolerance was met: with l2 = 0 and classes that a plane separates there is no optimum. */
  readonly converged: boolean;
}

/**
 * The logistic model of least penalised cross-entropy, by Newton's method with conjugate gradients (no matrix of columns ×
 * columns is made, so thousands of features are fine). Deterministic: the same input gives the same bits.
 *
 * Null when there is nothing to tell apart: no row with weight, or all targets 0, or all 1.
 *
 * @throws {RangeError} for lengths that do not match, a target outside [0, 1], a negative weight, a negative `l2`, a feature
 * that is not finite.
 * @see Lin, Weng, Keerthi, "Trust region Newton method for large-scale logistic regression", JMLR 9 (2008)
 */
export function fitLogistic(data: LogisticData, options: LogisticOptions): LogisticFit | null {
  const { targets, weights } = checked(data, options);
  const total = sum(weights);
  const ones = targets.reduce((count, target, i) => count + target * (weights[i] as number), 0);
  if (total === 0 || ones === 0 || ones === total) return null;

  const matrix = scaleMatrix(data.features, data.columns, weights);
  const penalties = new Float64Array(data.columns + 1).fill(options.l2);
  penalties[data.columns] = 0;
  if (options.standardise === false) {
    for (let j = 0; j < data.columns; j++) penalties[j] = options.l2 / (matrix.deviations[j] as number) ** 2;
  }
  const problem = { matrix, targets, weights, penalties };
  const solution = minimise(problem, Math.log(ones / (total - ones)), {
    tolerance: (options.tolerance ?? 1e-8) * total,
    maxIterations: options.maxIterations ?? 100,
  });
  return { ...unscaled(matrix, solution.parameters), ...solution.end };
}

interface Problem {
  readonly matrix: ScaledMatrix;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly penalties: Float64Array;
}

function minimise(problem: Problem, intercept: number, limits: { tolerance: number; maxIterations: number }) {
  const { matrix, targets, weights, penalties } = problem;
  const size = matrix.columns + 1;
  const parameters = new Float64Array(size);
  parameters[size - 1] = intercept;
  const margins = new Float64Array(matrix.rows).fill(intercept);
  const residuals = new Float64Array(matrix.rows);
  const curvatures = new Float64Array(matrix.rows);
  const gradient = new Float64Array(size);
  const moved = new Float64Array(matrix.rows);
  for (let iterations = 0; ; iterations++) {
    for (let i = 0; i < matrix.rows; i++) {
      const probability = sigmoid(margins[i] as number);
      residuals[i] = (weights[i] as number) * (probability - (targets[i] as number));
      curvatures[i] = (weights[i] as number) * probability * (1 - probability);
    }
    matrix.transposeTimes(residuals, gradient);
    for (let j = 0; j < size; j++) {
      gradient[j] = (gradient[j] as number) + (penalties[j] as number) * (parameters[j] as number);
    }
    const converged = gradient.every((value) => Math.abs(value) <= limits.tolerance);
    if (converged || iterations === limits.maxIterations)
      return { parameters, end: { iterations, converged } };
    const step = newtonStep(matrix, curvatures, penalties, gradient);
    matrix.times(step, moved);
    const length = stepLength(problem, parameters, margins, step, moved, product(gradient, step));
    if (length === 0) return { parameters, end: { iterations, converged } };
    addScaled(parameters, length, step);
    addScaled(margins, length, moved);
  }
}

/** Solves H · step = −gradient by conjugate gradients, the more exactly the nearer the optimum is. */
function newtonStep(
  matrix: ScaledMatrix,
  curvatures: Float64Array,
  penalties: Float64Array,
  gradient: Float64Array,
): Float64Array {
  const size = gradient.length;
  const spread = sum(curvatures);
  // Columns are standardised, so this is about the diagonal of H, for nothing.
  const diagonal = penalties.map((penalty) => penalty + spread);
  const step = new Float64Array(size);
  const residual = gradient.map((value) => -value);
  const direction = residual.map((value, j) => value / (diagonal[j] as number));
  const curved = new Float64Array(size);
  const start = Math.sqrt(product(gradient, gradient));
  const enough = start * Math.min(0.5, Math.sqrt(start / Math.max(1, sum(curvatures))));
  let energy = product(residual, direction);
  for (let round = 0; round < 2 * size + 20; round++) {
    matrix.curvatureTimes(curvatures, direction, curved);
    for (let j = 0; j < size; j++) {
      curved[j] = (curved[j] as number) + (penalties[j] as number) * (direction[j] as number);
    }
    const curvature = product(direction, curved);
    // Flat: without a penalty there may be no more to gain this way.
    if (!(curvature > 1e-14 * spread * product(direction, direction))) break;
    const length = energy / curvature;
    addScaled(step, length, direction);
    addScaled(residual, -length, curved);
    if (Math.sqrt(product(residual, residual)) <= enough) break;
    const scaled = residual.map((value, j) => value / (diagonal[j] as number));
    const next = product(residual, scaled);
    for (let j = 0; j < size; j++) {
      direction[j] = (scaled[j] as number) + (next / energy) * (direction[j] as number);
    }
    energy = next;
  }
  return step;
}

/** 1, halved until the loss falls enough (Armijo); 0 when no length helps. */
function stepLength(
  problem: Problem,
  parameters: Float64Array,
  margins: Float64Array,
  step: Float64Array,
  moved: Float64Array,
  slope: number,
): number {
  const before = loss(problem, parameters, margins, 0, step, moved);
  // Near the optimum the fall is smaller than what rounding does to the sum.
  const rounding = 1e-12 * Math.abs(before);
  for (let length = 1; length > 1e-10; length /= 2) {
    const after = loss(problem, parameters, margins, length, step, moved);
    if (after <= before + 1e-4 * length * slope + rounding) return length;
  }
  return 0;
}

/** The penalised loss at `parameters + length · step`. */
function loss(
  { targets, weights, penalties }: Problem,
  parameters: Float64Array,
  margins: Float64Array,
  length: number,
  step: Float64Array,
  moved: Float64Array,
): number {
  let total = 0;
  for (let i = 0; i < margins.length; i++) {
    const margin = (margins[i] as number) + length * (moved[i] as number);
    const softplus = Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
    total += (weights[i] as number) * (softplus - (targets[i] as number) * margin);
  }
  for (let j = 0; j < parameters.length; j++) {
    const value = (parameters[j] as number) + length * (step[j] as number);
    total += ((penalties[j] as number) / 2) * value * value;
  }
  return total;
}

/** The model for features as they were given. */
function unscaled({ columns, means, deviations }: ScaledMatrix, parameters: Float64Array): LogisticModel {
  const coefficients = Array.from(
    { length: columns },
    (_, j) => (parameters[j] as number) / (deviations[j] as number),
  );
  const offset = coefficients.reduce((total, value, j) => total + value * (means[j] as number), 0);
  return { coefficients, intercept: (parameters[columns] as number) - offset };
}

function checked({ features, columns, targets, weights }: LogisticData, { l2 }: LogisticOptions) {
  const rows = targets.length;
  if (features.length !== rows * columns || (weights !== null && weights.length !== rows)) {
    throw new RangeError(
      `logistic regression: ${features.length} features and ${weights?.length ?? rows} weights for ${rows} rows of ${columns}`,
    );
  }
  if (!(l2 >= 0)) throw new RangeError(`logistic regression: expected l2 >= 0, received ${l2}`);
  const given = Float64Array.from(targets);
  const used = weights === null ? new Float64Array(rows).fill(1) : Float64Array.from(weights);
  if (!given.every((target) => target >= 0 && target <= 1)) {
    throw new RangeError('logistic regression: expected targets in [0, 1]');
  }
  if (!used.every((weight) => weight >= 0 && weight < Infinity)) {
    throw new RangeError('logistic regression: expected weights that are not negative');
  }
  const unusable = features.findIndex((value: number) => !Number.isFinite(value));
  if (unusable >= 0) {
    throw new RangeError(
      `logistic regression: feature ${unusable % columns} of row ${Math.floor(unusable / columns)} is ${features[unusable]}`,
    );
  }
  return { targets: given, weights: used };
}

function product(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function addScaled(target: Float64Array, factor: number, values: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] as number) + factor * (values[i] as number);
}
