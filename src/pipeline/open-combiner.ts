import { combinerSchema } from '../contracts/combiner.ts';
import type { TeamConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { readJsonFile } from '../io/read-json-file.ts';
import { combineScores, isFormula } from '../select/combine-scores.ts';
import { combineLearned } from '../select/combiner/combine-learned.ts';
import { combinerFault } from '../select/combiner/combiner-fault.ts';
import { combinerInputs, INPUTS_PER_JUDGE } from '../select/combiner/combiner-inputs.ts';
import { type ScoredVerdict, scoreVerdict, UNCALIBRATED } from '../select/score-verdict.ts';
import { parseStrict } from '../util/parse-strict.ts';
import type { IdentifiedJudge } from './judge-identity.ts';
import { matchJudges } from './match-judges.ts';
import type { OpenJudge } from './open-judge.ts';
import { resolveFrom, type TeamSource } from './read-team.ts';

/** The combined score of a candidate by its verdicts, one a judge in the order of the team; null without a valid one. */
export type CombineVerdicts = (verdicts: readonly ScoredVerdict[]) => number | null;

type CombinedJudge = Pick<OpenJudge, 'name' | 'calibration'>;

/**
 * How a team combines its judges: by its formula, or by what was fitted.
 *
 * @throws {CodejuryError} `usage` for a file of another combination or other judges; `not-found`.
 */
export async function openCombiner(
  { config, folder }: TeamSource,
  judges: readonly (CombinedJudge & IdentifiedJudge)[],
): Promise<CombineVerdicts> {
  const { combine, combiner } = config;
  if (combiner === null) return combineByFormula(config, judges);
  const path = resolveFrom(folder, combiner);
  const hint = '`codejury ensemble fit` writes one';
  const read = parseStrict(combinerSchema, await readJsonFile(path, 'fitted combination', hint), path);
  if (read.model.kind !== combine) {
    throw new CodejuryError(
      'usage',
      `${path}: expected a combination "${combine}", received "${read.model.kind}"`,
    );
  }
  const fault = combinerFault(read.model, INPUTS_PER_JUDGE * read.judges.length);
  if (fault !== null) {
    throw new CodejuryError('usage', `${path}: the combination is damaged: ${fault}`, {
      hint: 'fit it again',
    });
  }
  const names = matchJudges(read, judges, path);
  return (verdicts) => {
    const inputs = combinerInputs(names.map((name) => verdicts.find(({ judge }) => judge === name) ?? null));
    return inputs === null ? null : combineLearned(read.model, inputs);
  };
}

/** By the formula of a team, each judge's score by the team's rule and its own calibration. */
export function combineByFormula(
  { combine, score, prior }: Pick<TeamConfig, 'combine' | 'score' | 'prior'>,
  judges: readonly CombinedJudge[],
): CombineVerdicts {
  if (!isFormula(combine)) throw new Error(`"${combine}" is no formula`);
  return (verdicts) =>
    combineScores(
      verdicts.map((verdict, index) =>
        scoreVerdict(verdict, score, judges[index]?.calibration ?? UNCALIBRATED),
      ),
      combine,
      prior,
    );
}
