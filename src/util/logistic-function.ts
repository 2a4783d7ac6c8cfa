/** Probabilities are kept this far from 0 and 1 before their logit is taken: one sure answer must not be infinite. */
const PROBABILITY_EPSILON = 1e-6;

/** 1 / (1 + e^-x), in [0, 1]; no overflow at either end. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const growth = Math.exp(x);
  return growth / (1 + growth);
}

/** ln(p / (1 − p)) of a probability, which is first clamped to [1e-6, 1 − 1e-6]: at most 13.8 either way. */
export function logit(probability: number): number {
  const clamped = Math.min(1 - PROBABILITY_EPSILON, Math.max(PROBABILITY_EPSILON, probability));
  return Math.log(clamped / (1 - clamped));
}
