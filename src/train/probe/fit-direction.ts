import { fitLogistic } from '../../util/fit-logistic.ts';

/** Candidates with their features. */
export interface ProbeData {
  /** Row after row. */
  readonly features: Float32Array;
  readonly columns: number;
  readonly labels: readonly (0 | 1)[];
  readonly taskIds: readonly string[];
}

/** score = intercept + Σ coefficient · feature; higher = more likely correct. */
export interface Direction {
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

export interface DirectionOptions {
  /** Strength of the penalty on the coefficients of the standardised features. */
  readonly l2: number;
  /**
   * Take the mean of a task's candidates off each of them before fitting: what tells right from wrong within a task is
   * learned, what tells easy tasks from hard ones is not. A candidate is scored by itself all the same.
   */
  readonly withinTasks: boolean;
}

/** Far below what a fold more or less changes; the last digits would take most of the time. */
const TOLERANCE = 1e-5;

/**
 * The direction of the logistic model of the rows; null when they have one label only. Its level is that the mean candidate has the
 * score 0: the model's own one depends on the share of correct rows, which differs between folds, and scores of several folds
 * could not be compared.
 */
export function fitDirection(data: ProbeData, { l2, withinTasks }: DirectionOptions): Direction | null {
  const { columns, labels } = data;
  const features = withinTasks ? centredWithinTasks(data) : data.features;
  const fit = fitLogistic(
    { features, columns, targets: labels, weights: null },
    { l2, tolerance: TOLERANCE },
  );
  if (fit === null) return null;
  const means = meanRow(data.features, columns, [...labels.keys()]);
  const offset = fit.coefficients.reduce((sum, value, index) => sum + value * (means[index] ?? 0), 0);
  return { coefficients: fit.coefficients, intercept: -offset };
}

/** The score of each row. */
export function scoreRows({ features, columns, labels }: ProbeData, direction: Direction): Float64Array {
  return Float64Array.from(labels, (_, row) => {
    let score = direction.intercept;
    for (let column = 0; column < columns; column++) {
      score += (features[row * columns + column] ?? 0) * (direction.coefficients[column] ?? 0);
    }
    return score;
  });
}

/** The rows of these numbers. */
export function selectRows(data: ProbeData, rows: readonly number[]): ProbeData {
  const { columns } = data;
  const features = new Float32Array(rows.length * columns);
  for (const [place, row] of rows.entries()) {
    features.set(data.features.subarray(row * columns, (row + 1) * columns), place * columns);
  }
  return {
    features,
    columns,
    labels: rows.map((row) => data.labels[row] as 0 | 1),
    taskIds: rows.map((row) => data.taskIds[row] as string),
  };
}

function centredWithinTasks({ features, columns, taskIds }: ProbeData): Float32Array {
  const centred = Float32Array.from(features);
  for (const rows of Map.groupBy(taskIds.keys(), (row) => taskIds[row]).values()) {
    subtract(centred, columns, rows, meanRow(features, columns, rows));
  }
  const all = Float32Array.from(features);
  const rows = [...taskIds.keys()];
  subtract(all, columns, rows, meanRow(features, columns, rows));
  const [spreads, left] = [squareSums(all, columns), squareSums(centred, columns)];
  // Of a column that is the same within each task rounding leaves something, which standardising would blow up.
  const flat = new Set(
    [...left.keys()].filter((column) => (left[column] ?? 0) <= ROUNDING ** 2 * (spreads[column] ?? 0)),
  );
  return flat.size === 0 ? centred : centred.map((value, place) => (flat.has(place % columns) ? 0 : value));
}

/** Single precision leaves about 1e-7 of a number. */
const ROUNDING = 1e-5;

function subtract(
  features: Float32Array,
  columns: number,
  rows: readonly number[],
  means: Float64Array,
): void {
  for (const row of rows) {
    for (let column = 0; column < columns; column++) {
      const place = row * columns + column;
      features[place] = (features[place] ?? 0) - (means[column] ?? 0);
    }
  }
}

function squareSums(features: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (const [place, value] of features.entries()) {
    sums[place % columns] = (sums[place % columns] ?? 0) + value * value;
  }
  return sums;
}

function meanRow(features: Float32Array, columns: number, rows: readonly number[]): Float64Array {
  const means = new Float64Array(columns);
  for (const row of rows) {
    for (let column = 0; column < columns; column++) {
      means[column] = (means[column] ?? 0) + (features[row * columns + column] ?? 0) / rows.length;
    }
  }
  return means;
}
