import type { TeamConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { isFormula } from './combine-scores.ts';

/** @throws {CodejuryError} `usage` unless a team names a file with what was fitted where, and only where, `combine` is no formula. */
export function checkCombination({ combine, combiner }: Pick<TeamConfig, 'combine' | 'combiner'>): void {
  if (isFormula(combine) && combiner !== null) {
    throw new CodejuryError('usage', `combine "${combine}" is a formula, and "combiner" names a file`, {
      hint: 'write combine: logistic, forest or network, whichever the file is for',
    });
  }
  if (!isFormula(combine) && combiner === null) {
    throw new CodejuryError('usage', `combine "${combine}" needs "combiner": the file with what was fitted`, {
      hint: '`codejury ensemble fit` writes it',
    });
  }
}
