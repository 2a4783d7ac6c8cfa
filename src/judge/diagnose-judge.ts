import type { Verdict } from '../contracts/verdict.ts';

/** With fewer valid verdicts than this nothing can be said about a judge. */
const MINIMUM_VERDICTS = 50;
/** Above this share of one label a judge says nothing about the candidates. */
const CONSTANT_SHARE = 0.98;

/** What a judge's verdicts say about the judge. */
export interface JudgeDiagnosis {
  readonly valid: number;
  readonly invalid: number;
  /** True when one label was given to over 98 % of at least 50 valid verdicts; null with fewer than 50. */
  readonly constant: boolean | null;
}

/** Counts valid and invalid verdicts of one judge and flags a judge that always says the same. */
export function diagnoseJudge(verdicts: readonly Pick<Verdict, 'label'>[]): JudgeDiagnosis {
  const valid = verdicts.filter((verdict) => verdict.label !== null);
  const ones = valid.filter((verdict) => verdict.label === 1).length;
  return {
    valid: valid.length,
    invalid: verdicts.length - valid.length,
    constant: isConstant(ones, valid.length - ones),
  };
}

/** Whether one label was given to over 98 % of the valid verdicts; null with fewer than 50. */
export function isConstant(ones: number, zeros: number): boolean | null {
  const valid = ones + zeros;
  return valid < MINIMUM_VERDICTS ? null : Math.max(ones, zeros) / valid > CONSTANT_SHARE;
}
