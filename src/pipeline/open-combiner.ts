import { combinerSchema } from '../contracts/combiner.ts';
import type { Verdict } from '../contracts/verdict.ts';
import { CodejuryError } from '../errors.ts';
import { readJsonFile } from '../io/read-json-file.ts';
import { isFormula } from '../select/combine-scores.ts';
import { combineLearned } from '../select/combiner/combine-learned.ts';
import { combinerInputs } from '../select/combiner/combiner-inputs.ts';
import { parseStrict } from '../util/parse-strict.ts';
import { resolveFrom, type TeamSource } from './read-team.ts';

/** Combines the verdicts of a team's judges into the probability that a candidate is right; null without a valid one. */
export type LearnedCombine = (
  verdicts: readonly Pick<Verdict, 'judge' | 'label' | 'confidence'>[],
) => number | null;

/**
 * The fitted combination of a team; null for a team that combines by a formula.
 *
 * @param judges the names of the team's judges
 * @throws {CodejuryError} `usage` for a file of another combination or other judges; `not-found`.
 */
export async function openCombiner(
  { config, folder }: TeamSource,
  judges: readonly string[],
): Promise<LearnedCombine | null> {
  const { combine, combiner } = config;
  if (isFormula(combine) || combiner === null) return null;
  const path = resolveFrom(folder, combiner);
  const hint = '`codejury ensemble fit` writes one';
  const read = parseStrict(combinerSchema, await readJsonFile(path, 'fitted combination', hint), path);
  if (read.model.kind !== combine) {
    throw new CodejuryError(
      'usage',
      `${path}: expected a combination "${combine}", received "${read.model.kind}"`,
    );
  }
  if (judges.toSorted().join('\n') !== read.judges.toSorted().join('\n')) {
    throw new CodejuryError(
      'usage',
      `${path} was fitted for the judges ${read.judges.join(', ')}; the team has ${judges.join(', ') || 'none'}`,
      { hint: 'give the judges of the team these names ("name"), or fit again' },
    );
  }
  return (verdicts) => {
    const inputs = combinerInputs(
      read.judges.map((name) => verdicts.find(({ judge }) => judge === name) ?? null),
    );
    return inputs === null ? null : combineLearned(read.model, inputs);
  };
}
