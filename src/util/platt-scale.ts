import { logit, sigmoid } from './logistic-function.ts';

/** Parameters of Platt scaling, fitted on validation data. */
export interface PlattParameters {
  readonly slope: number;
  readonly intercept: number;
}

/** sigmoid(slope · logit(q) + intercept), in [0, 1], the logit as `logit` clamps it; q itself where there are no parameters. */
export function plattScale(probability: number, platt: PlattParameters | null): number {
  return platt === null ? probability : sigmoid(platt.slope * logit(probability) + platt.intercept);
}
