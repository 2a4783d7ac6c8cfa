import type { RankerName } from '../../contracts/ranker-name.ts';
import type { Ranker } from '../../select/ranker.ts';
import { givenScoresRanker, multiplicityRanker, randomRanker } from '../../select/simple-rankers.ts';
import type { RankerNeeds } from './check-rankers.ts';
import { clusterRanker } from './cluster-ranker.ts';
import { openCoderReviewer } from './coder-reviewer-ranker.ts';
import { codetRanker } from './codet-ranker.ts';
import { openGeneratedTests } from './generated-tests.ts';
import { openJudgeScores } from './judge-scores.ts';
import { openLikelihoodScores } from './likelihood-scores.ts';
import type { RankerSpec } from './ranker-spec.ts';
import { readJudges } from './read-judges.ts';
import { type CandidateScores, scoreRanker } from './score-ranker.ts';
import type { ScoreSources } from './score-sources.ts';
import { openShallowRanker } from './shallow-ranker.ts';

export interface RankerInputs extends Pick<RankerNeeds, 'train' | 'tasks'> {
  /** Samples of generated tests for a task. */
  readonly testSamples: number;
  readonly sizes: readonly number[];
  /** Every sample says its own likelihood. */
  readonly storedLikelihoods: boolean;
  readonly generatorNamed: boolean;
  /** By the ranker's text: see readScores. */
  readonly givenScores: ReadonlyMap<string, ReadonlyMap<number, number>>;
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Opens rankers by their specs; models, likelihoods and tests are shared between them. */
export type RankerOpener = (spec: RankerSpec) => Promise<Ranker>;

/**
 * The rankers of one run.
 *
 * What is returned expects specs that `checkRankers` let through, and throws as opening models and reading files does.
 */
export function openRankers(sources: ScoreSources, inputs: RankerInputs): RankerOpener {
  const tests = openGeneratedTests(sources, inputs.testSamples);
  const judges = new Map<string | null, Promise<CandidateScores>>();
  let likelihoods: Promise<CandidateScores> | null = null;
  const judge = (argument: string | null): Promise<CandidateScores> => {
    const opened = judges.get(argument) ?? openJudgesOf(argument, sources);
    judges.set(argument, opened);
    return opened;
  };
  const likelihood = (): Promise<CandidateScores> => {
    likelihoods ??= openLikelihoodScores(sources, {
      stored: inputs.storedLikelihoods,
      generatorNamed: inputs.generatorNamed,
    });
    return likelihoods;
  };
  const openers: Record<RankerName, (spec: RankerSpec) => Ranker | Promise<Ranker>> = {
    random: () => randomRanker,
    multiplicity: () => multiplicityRanker,
    'log-likelihood': async () => scoreRanker('log-likelihood', await likelihood()),
    shallow: async () => {
      const { train, tasks, sizes, onProgress } = inputs;
      if (train === null) throw new Error('shallow without --train');
      const onTask = (done: number, total: number) => onProgress?.('shallow, training', done, total);
      // Datasets do not say how likely their candidates are: both sides are scored by the same model.
      const rescored = await openLikelihoodScores(sources, { stored: false, generatorNamed: true });
      return openShallowRanker({ train, tasks, sizes, likelihood: rescored, onTask }, sources);
    },
    'coder-reviewer': ({ text }) => openCoderReviewer(text, 'sum', sources),
    'coder-reviewer-mean': ({ text }) => openCoderReviewer(text, 'mean', sources),
    judge: async ({ text, argument }) => scoreRanker(text, await judge(argument)),
    codet: () => codetRanker(tests, sources),
    'behaviour-clusters': async ({ text, argument }) =>
      clusterRanker(text, tests, await judge(argument), sources),
    scores: ({ text }) => {
      const given = inputs.givenScores.get(text);
      if (given === undefined) throw new Error('scores without a file');
      return givenScoresRanker(text, given);
    },
  };
  return async (spec) => openers[spec.name](spec);
}

async function openJudgesOf(argument: string | null, sources: ScoreSources): Promise<CandidateScores> {
  return openJudgeScores(argument === null ? sources.judges : await readJudges(argument), sources);
}
