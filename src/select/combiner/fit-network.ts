import type { CombinerModel } from '../../contracts/combiner.ts';
import { sigmoid } from '../../util/logistic-function.ts';
import { type Random, seededRandom } from '../../util/random.ts';
import { scaleMatrix } from '../../util/scaled-matrix.ts';
import type { CombinerRow } from './combiner-rows.ts';

export interface NetworkOptions {
  readonly hidden: number;
  /** Steps over all rows at once. */
  readonly steps: number;
  readonly seed: number;
}

/** Adam's, with its usual constants. */
const [LEARNING_RATE, BETA1, BETA2, EPSILON] = [0.02, 0.9, 0.999, 1e-8];
/** Pulls the weights (not the biases) to 0, times half the square of each. */
const WEIGHT_DECAY = 1e-3;

/**
 * A network of one hidden layer (tanh) and one logistic output, fitted by full-batch Adam on the mean cross-entropy of standardised
 * inputs. Deterministic for a seed.
 *
 * @throws {RangeError} without rows.
 * @see Kingma, Ba, "Adam", arXiv 1412.6980
 */
export function fitNetwork(rows: readonly CombinerRow[], options: NetworkOptions): CombinerModel {
  const columns = rows[0]?.inputs.length;
  if (columns === undefined) throw new RangeError('a network needs rows');
  const table = Float64Array.from(rows.flatMap((row) => row.inputs));
  const scaled = scaleMatrix(table, columns, new Float64Array(rows.length).fill(1));
  const [means, deviations] = [[...scaled.means], [...scaled.deviations]];
  const inputs = rows.map((row) =>
    row.inputs.map((value, j) => (value - (means[j] ?? 0)) / (deviations[j] ?? 1)),
  );
  const targets = rows.map(({ target }) => target);
  const shape = { columns, hidden: options.hidden };
  const parameters = initial(shape, seededRandom(options.seed));
  const first = new Float64Array(parameters.length);
  const second = new Float64Array(parameters.length);
  for (let step = 1; step <= options.steps; step++) {
    const gradient = gradientOf(parameters, shape, inputs, targets);
    for (let k = 0; k < parameters.length; k++) {
      const slope = gradient[k] as number;
      first[k] = BETA1 * (first[k] as number) + (1 - BETA1) * slope;
      second[k] = BETA2 * (second[k] as number) + (1 - BETA2) * slope * slope;
      const mean = (first[k] as number) / (1 - BETA1 ** step);
      const square = (second[k] as number) / (1 - BETA2 ** step);
      parameters[k] = (parameters[k] as number) - (LEARNING_RATE * mean) / (Math.sqrt(square) + EPSILON);
    }
  }
  return { kind: 'network', means, deviations, ...unpack(parameters, shape) };
}

interface Shape {
  readonly columns: number;
  readonly hidden: number;
}

/** All weights in one list: those of each hidden unit and its bias, then the output's and its bias. */
function initial({ columns, hidden }: Shape, random: Random): Float64Array {
  const scale = 1 / Math.sqrt(columns);
  const unit = () => [...Array.from({ length: columns }, () => (2 * random() - 1) * scale), 0];
  const output = () => Array.from({ length: hidden }, () => (2 * random() - 1) / Math.sqrt(hidden));
  return Float64Array.from([...Array.from({ length: hidden }, unit).flat(), ...output(), 0]);
}

function unpack(parameters: Float64Array, { columns, hidden }: Shape) {
  const width = columns + 1;
  const units = Array.from({ length: hidden }, (_, unit) => [
    ...parameters.subarray(unit * width, (unit + 1) * width),
  ]);
  const rest = [...parameters.subarray(hidden * width)];
  return {
    hidden: units.map((unit) => unit.slice(0, columns)),
    hiddenBias: units.map((unit) => unit[columns] as number),
    output: rest.slice(0, hidden),
    outputBias: rest[hidden] as number,
  };
}

function gradientOf(
  parameters: Float64Array,
  { columns, hidden }: Shape,
  inputs: readonly (readonly number[])[],
  targets: readonly number[],
): Float64Array {
  const width = columns + 1;
  const outputAt = hidden * width;
  const biasAt = outputAt + hidden;
  const at = (index: number) => parameters[index] as number;
  const gradient = parameters.map((value, index) => {
    const isBias = index === biasAt || (index < outputAt && index % width === columns);
    return isBias ? 0 : WEIGHT_DECAY * value;
  });
  const add = (index: number, value: number) => {
    gradient[index] = (gradient[index] as number) + value;
  };
  const active = new Float64Array(hidden);
  for (const [row, values] of inputs.entries()) {
    let margin = at(biasAt);
    for (let unit = 0; unit < hidden; unit++) {
      let sum = at(unit * width + columns);
      for (let j = 0; j < columns; j++) sum += at(unit * width + j) * (values[j] as number);
      active[unit] = Math.tanh(sum);
      margin += at(outputAt + unit) * (active[unit] as number);
    }
    const error = (sigmoid(margin) - (targets[row] as number)) / inputs.length;
    add(biasAt, error);
    for (let unit = 0; unit < hidden; unit++) {
      const value = active[unit] as number;
      add(outputAt + unit, error * value);
      const inner = error * at(outputAt + unit) * (1 - value * value);
      for (let j = 0; j < columns; j++) add(unit * width + j, inner * (values[j] as number));
      add(unit * width + columns, inner);
    }
  }
  return gradient;
}
