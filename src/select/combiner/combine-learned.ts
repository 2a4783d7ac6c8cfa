import type { CombinerModel, Tree } from '../../contracts/combiner.ts';
import { sigmoid } from '../../util/logistic-function.ts';
import { predictLogistic } from '../../util/predict-logistic.ts';

/** The probability in [0, 1] that a fitted combination gives to inputs of `combinerInputs`. */
export function combineLearned(model: CombinerModel, inputs: readonly number[]): number {
  switch (model.kind) {
    case 'logistic':
      return predictLogistic(model, inputs);
    case 'forest':
      return model.trees.reduce((sum, tree) => sum + leafOf(tree, inputs), 0) / model.trees.length;
    case 'network': {
      const standardised = inputs.map(
        (value, j) => (value - (model.means[j] ?? 0)) / (model.deviations[j] ?? 1),
      );
      const hidden = model.hidden.map((weights, unit) =>
        Math.tanh(dot(weights, standardised) + (model.hiddenBias[unit] ?? 0)),
      );
      return sigmoid(model.outputBias + dot(model.output, hidden));
    }
  }
}

function leafOf({ feature, threshold, left, right, value }: Tree, inputs: readonly number[]): number {
  let node = 0;
  for (let asked = feature[0] ?? -1; asked >= 0; asked = feature[node] ?? -1) {
    node = ((inputs[asked] ?? 0) <= (threshold[node] ?? 0) ? left[node] : right[node]) ?? 0;
  }
  return value[node] ?? 0;
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (values[index] ?? 0), 0);
}
