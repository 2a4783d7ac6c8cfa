import type { LogisticModel } from './fit-logistic.ts';
import { sigmoid } from './logistic-function.ts';

/**
 * P(1) of one row of features, in [0, 1].
 *
 * @throws {RangeError} when the row has not one number for each coefficient.
 */
export function predictLogistic(
  { coefficients, intercept }: LogisticModel,
  features: ArrayLike<number>,
): number {
  if (features.length !== coefficients.length) {
    throw new RangeError(`logistic model of ${coefficients.length} features, received ${features.length}`);
  }
  return sigmoid(
    coefficients.reduce((total, value, j) => total + value * (features[j] as number), intercept),
  );
}
