import { type RankerName, rankerNameSchema } from '../../contracts/ranker-name.ts';
import { CodejuryError } from '../../errors.ts';
import type { RankedTask, Ranker } from '../../select/ranker.ts';
import { givenScoresRanker, multiplicityRanker, randomRanker } from '../../select/simple-rankers.ts';
import { clusterRanker } from './cluster-ranker.ts';
import { openCoderReviewer } from './coder-reviewer-ranker.ts';
import { codetRanker } from './codet-ranker.ts';
import { openGeneratedTests } from './generated-tests.ts';
import { type JudgeScores, judgeRanker, openJudgeScores } from './judge-ranker.ts';
import { likelihoodRanker } from './likelihood-ranker.ts';
import { type LikelihoodScores, openLikelihoodScores } from './likelihood-scores.ts';
import type { RankerSpec } from './ranker-spec.ts';
import { readJudges } from './read-judges.ts';
import { readScores } from './read-scores.ts';
import type { ScoreSources } from './score-sources.ts';
import { openShallowRanker } from './shallow-ranker.ts';

export interface RankerInputs {
  /** File of `--scores`; null = none. */
  readonly scores: string | null;
  /** Dataset that the shallow baseline learns from; null = none. */
  readonly train: string | null;
  /** Samples of generated tests for a task. */
  readonly testSamples: number;
  readonly sizes: readonly number[];
  readonly tasks: readonly RankedTask[];
  /** Every sample says its own likelihood. */
  readonly storedLikelihoods: boolean;
  readonly generatorNamed: boolean;
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Opens rankers by their specs; models, likelihoods and tests are shared between them. */
export type RankerOpener = (spec: RankerSpec) => Promise<Ranker>;

/**
 * The rankers of one run.
 *
 * @throws {CodejuryError} what is returned throws `usage` for what a ranker lacks, and as opening models does.
 */
export function openRankers(sources: ScoreSources, inputs: RankerInputs): RankerOpener {
  const tests = openGeneratedTests(sources, inputs.testSamples);
  const judges = new Map<string | null, Promise<JudgeScores>>();
  let likelihoods: Promise<LikelihoodScores> | null = null;
  const judge = (argument: string | null): Promise<JudgeScores> => {
    const opened = judges.get(argument) ?? openJudgesOf(argument, sources);
    judges.set(argument, opened);
    return opened;
  };
  const likelihood = (): Promise<LikelihoodScores> => {
    likelihoods ??= openLikelihoodScores(sources, {
      stored: inputs.storedLikelihoods,
      generatorNamed: inputs.generatorNamed,
    });
    return likelihoods;
  };
  const openers: Record<RankerName, (spec: RankerSpec) => Ranker | Promise<Ranker>> = {
    random: () => randomRanker,
    multiplicity: () => multiplicityRanker,
    'log-likelihood': async () => likelihoodRanker(await likelihood()),
    shallow: async ({ text }) => {
      const { train, tasks, sizes, onProgress } = inputs;
      if (train === null) throw missing(text, '--train DATASET', '`codejury dataset build` makes one');
      const onTask = (done: number, total: number) => onProgress?.('shallow, training', done, total);
      return openShallowRanker({ train, tasks, sizes, likelihood: await likelihood(), onTask }, sources);
    },
    'coder-reviewer': ({ text }) => openCoderReviewer(text, 'sum', sources),
    'coder-reviewer-mean': ({ text }) => openCoderReviewer(text, 'mean', sources),
    judge: async ({ text, argument }) => judgeRanker(text, await judge(argument)),
    codet: () => codetRanker(tests, sources),
    'behaviour-clusters': async ({ text, argument }) =>
      clusterRanker(text, tests, await judge(argument), sources),
    scores: async ({ text, argument }) => {
      const file = argument ?? inputs.scores;
      if (file === null) throw missing(text, '--scores FILE', 'or name the file: --ranker scores:FILE');
      return givenScoresRanker(text, await readScores(file));
    },
  };
  return async (spec) => openers[spec.name](spec);
}

async function openJudgesOf(argument: string | null, sources: ScoreSources): Promise<JudgeScores> {
  return openJudgeScores(argument === null ? sources.judges : await readJudges(argument), sources);
}

/** The rankers that `all` means: those that lack nothing. */
export function availableRankers({ scores, train }: Pick<RankerInputs, 'scores' | 'train'>): RankerName[] {
  return rankerNameSchema.options.filter(
    (name) => !(name === 'scores' && scores === null) && !(name === 'shallow' && train === null),
  );
}

function missing(ranker: string, flag: string, hint: string): CodejuryError {
  return new CodejuryError('usage', `--ranker ${ranker} needs ${flag}`, { hint });
}
