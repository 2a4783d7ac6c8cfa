import { type PoolCandidate, type Ranker, scorerOf } from '../../select/ranker.ts';
import type { ScoredVerdict } from '../../select/score-verdict.ts';
import type { CombineVerdicts } from '../open-combiner.ts';

/** Verdicts by the number of a sample, one a judge of the team in its order. */
export type VerdictsOfSample = (sample: number) => readonly ScoredVerdict[] | null;

/**
 * A team of judges that have been asked already. Of candidates that are equal but for comments and blanks the first is judged,
 * as in `solve`.
 */
export function teamRanker(
  name: string,
  how: string,
  verdictsOf: VerdictsOfSample,
  combine: CombineVerdicts,
): Ranker {
  const scoreOf = ({ samples }: PoolCandidate): number | null => {
    for (const sample of samples) {
      const verdicts = verdictsOf(sample);
      if (verdicts !== null) return combine(verdicts);
    }
    return null;
  };
  return {
    name,
    ties: 'team',
    how: () => how,
    prepare: async ({ candidates }) =>
      scorerOf(new Map(candidates.map((candidate) => [candidate.id, scoreOf(candidate)]))),
  };
}
