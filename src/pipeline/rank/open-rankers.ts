import type { RankerName } from '../../contracts/ranker-name.ts';
import { CodejuryError } from '../../errors.ts';
import type { Ranker } from '../../select/ranker.ts';
import { givenScoresRanker, multiplicityRanker, randomRanker } from '../../select/simple-rankers.ts';
import { openCoderReviewer } from './coder-reviewer-ranker.ts';
import { judgeRanker, openJudgeScores } from './judge-ranker.ts';
import { likelihoodRanker } from './likelihood-ranker.ts';
import { openLikelihoodScores } from './likelihood-scores.ts';
import type { RankerSpec } from './ranker-spec.ts';
import { readJudges } from './read-judges.ts';
import { readScores } from './read-scores.ts';
import type { ScoreSources } from './score-sources.ts';

export interface RankerInputs {
  /** File of `--scores`; null = none. */
  readonly scores: string | null;
  /** Every sample says its own likelihood. */
  readonly storedLikelihoods: boolean;
  readonly generatorNamed: boolean;
}

/**
 * The ranker that a spec names, with its models and files.
 *
 * @throws {CodejuryError} `usage` for what it lacks; as opening models does.
 */
export async function openRanker(
  { name, argument, text }: RankerSpec,
  sources: ScoreSources,
  inputs: RankerInputs,
): Promise<Ranker> {
  switch (name) {
    case 'random':
      return randomRanker;
    case 'multiplicity':
      return multiplicityRanker;
    case 'scores': {
      const file = argument ?? inputs.scores;
      if (file === null) throw missing(text, '--scores FILE', 'or name the file: --ranker scores:FILE');
      return givenScoresRanker(text, await readScores(file));
    }
    case 'judge':
      return judgeRanker(
        text,
        await openJudgeScores(argument === null ? sources.judges : await readJudges(argument), sources),
      );
    case 'log-likelihood':
      return likelihoodRanker(
        await openLikelihoodScores(sources, {
          stored: inputs.storedLikelihoods,
          generatorNamed: inputs.generatorNamed,
        }),
      );
    case 'coder-reviewer':
      return openCoderReviewer(text, 'sum', sources);
    case 'coder-reviewer-mean':
      return openCoderReviewer(text, 'mean', sources);
  }
}

/** The rankers that can run with these inputs, in the order of the table. */
export function availableRankers(inputs: RankerInputs): RankerName[] {
  return [
    'random',
    'multiplicity',
    'log-likelihood',
    'coder-reviewer',
    'coder-reviewer-mean',
    'judge',
    ...(inputs.scores === null ? [] : (['scores'] as const)),
  ];
}

function missing(ranker: string, flag: string, hint: string): CodejuryError {
  return new CodejuryError('usage', `--ranker ${ranker} needs ${flag}`, { hint });
}
