import type { Combination } from '../contracts/team.ts';

/** The combinations that are a formula and need no fitting. */
export type FormulaCombination = Extract<Combination, 'posterior' | 'product' | 'mean'>;

/** Whether a combination is a formula; the others need a file with what was fitted. */
export function isFormula(combination: Combination): combination is FormulaCombination {
  return combination === 'posterior' || combination === 'product' || combination === 'mean';
}

/**
 * Combines the judges' scores of one candidate, each in (0, 1), into one in [0, 1]. Missing verdicts (null) are left
 * out: the ensemble uses the other judges. Null when no judge gave a valid verdict.
 *
 * - `posterior`: π∏s / (π∏s + (1 − π)∏(1 − s)), the default; computed in log space.
 * - `product`: ∏s. Scores of candidates with different numbers of valid verdicts are then not comparable, so it is
 *   taken as the geometric mean to the power of all judges.
 * - `mean`: arithmetic mean.
 *
 * @param prior π in (0, 1), used by `posterior` only
 * @see arXiv 2602.11911, ensembles of judges
 */
export function combineScores(
  scores: readonly (number | null)[],
  combination: FormulaCombination,
  prior: number,
): number | null {
  const valid = scores.filter((score) => score !== null);
  if (valid.length === 0) {
    return null;
  }
  if (combination === 'mean') {
    return sum(valid) / valid.length;
  }
  if (combination === 'product') {
    return Math.exp((sum(valid.map(Math.log)) / valid.length) * scores.length);
  }
  const logOdds =
    Math.log(prior / (1 - prior)) + sum(valid.map((score) => Math.log(score) - Math.log1p(-score)));
  return 1 / (1 + Math.exp(-logOdds));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
