/** Numbers of a table, row after row. Single precision halves the memory of large ones and costs no accuracy of the sums. */
export type FeatureValues = Float32Array | Float64Array;

/**
 * A table of features seen as if each column had been standardised (weighted mean 0, deviation 1), without a copy of it.
 * A last column of ones is added: vectors have `columns + 1` elements, the last is the intercept's.
 */
export interface ScaledMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly means: Float64Array;
  /** Standard deviations; 1 for a column that is the same in every row. */
  readonly deviations: Float64Array;
  /** out = Z · vector, one number a row. */
  readonly times: (vector: Float64Array, out: Float64Array) => void;
  /** out = Zᵀ · perRow. */
  readonly transposeTimes: (perRow: Float64Array, out: Float64Array) => void;
  /** out = Zᵀ · diag(perRow) · Z · vector, in one pass over the table. */
  readonly curvatureTimes: (perRow: Float64Array, vector: Float64Array, out: Float64Array) => void;
}

/** @param weights one a row, none negative, their sum above 0 */
export function scaleMatrix(values: FeatureValues, columns: number, weights: Float64Array): ScaledMatrix {
  const rows = weights.length;
  const { means, deviations } = columnMoments(values, columns, weights);
  /** The vector for the columns as they are, and what the means take off each row's product. */
  const unscale = (vector: Float64Array) => {
    const raw = new Float64Array(columns);
    let offset = vector[columns] as number;
    for (let j = 0; j < columns; j++) {
      const value = (vector[j] as number) / (deviations[j] as number);
      raw[j] = value;
      offset -= value * (means[j] as number);
    }
    return { raw, offset };
  };
  /** From Σ r·x of each column, already in `out`, to Σ r·z; `total` is Σ r. */
  const rescale = (out: Float64Array, total: number) => {
    for (let j = 0; j < columns; j++) {
      out[j] = ((out[j] as number) - (means[j] as number) * total) / (deviations[j] as number);
    }
    out[columns] = total;
  };
  return {
    rows,
    columns,
    means,
    deviations,
    times: (vector, out) => {
      const { raw, offset } = unscale(vector);
      for (let i = 0; i < rows; i++) out[i] = offset + rowProduct(values, i * columns, raw, columns);
    },
    transposeTimes: (perRow, out) => {
      out.fill(0);
      let total = 0;
      for (let i = 0; i < rows; i++) {
        const factor = perRow[i] as number;
        total += factor;
        addRow(values, i * columns, factor, out, columns);
      }
      rescale(out, total);
    },
    curvatureTimes: (perRow, vector, out) => {
      const { raw, offset } = unscale(vector);
      out.fill(0);
      let total = 0;
      for (let i = 0; i < rows; i++) {
        const start = i * columns;
        const factor = (perRow[i] as number) * (offset + rowProduct(values, start, raw, columns));
        total += factor;
        addRow(values, start, factor, out, columns);
      }
      rescale(out, total);
    },
  };
}

function columnMoments(values: FeatureValues, columns: number, weights: Float64Array) {
  const means = new Float64Array(columns);
  const squares = new Float64Array(columns);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight === 0) continue;
    total += weight;
    // Welford's update: no difference of large numbers.
    for (let j = 0, at = i * columns; j < columns; j++, at++) {
      const difference = (values[at] as number) - (means[j] as number);
      means[j] = (means[j] as number) + (weight / total) * difference;
      squares[j] =
        (squares[j] as number) + weight * difference * ((values[at] as number) - (means[j] as number));
    }
  }
  const deviations = squares.map((square, j) => {
    const deviation = Math.sqrt(square / total);
    // What rounding leaves of a constant column is not a deviation.
    return deviation > 1e-12 * Math.abs(means[j] as number) ? deviation : 1;
  });
  return { means, deviations };
}

/** Four sums at once: additions that do not wait for one another. */
function rowProduct(values: FeatureValues, start: number, vector: Float64Array, columns: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let j = 0;
  for (; j + 3 < columns; j += 4) {
    const at = start + j;
    a += (values[at] as number) * (vector[j] as number);
    b += (values[at + 1] as number) * (vector[j + 1] as number);
    c += (values[at + 2] as number) * (vector[j + 2] as number);
    d += (values[at + 3] as number) * (vector[j + 3] as number);
  }
  for (; j < columns; j++) a += (values[start + j] as number) * (vector[j] as number);
  return a + b + (c + d);
}

function addRow(
  values: FeatureValues,
  start: number,
  factor: number,
  out: Float64Array,
  columns: number,
): void {
  if (factor === 0) return;
  for (let j = 0; j < columns; j++) {
    out[j] = (out[j] as number) + factor * (values[start + j] as number);
  }
}
