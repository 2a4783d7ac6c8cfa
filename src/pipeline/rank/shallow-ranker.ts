import { CodejuryError } from '../../errors.ts';
import { findLanguage } from '../../lang/find-language.ts';
import { withTree } from '../../lang/parser.ts';
import type { PoolCandidate, RankedTask, Ranker } from '../../select/ranker.ts';
import { SHALLOW_COLUMNS, type ShallowFacts, shallowFeatures } from '../../select/shallow-features.ts';
import { fitLogistic } from '../../util/fit-logistic.ts';
import { predictLogistic } from '../../util/predict-logistic.ts';
import { type DrawOptions, drawPool } from './draw-pools.ts';
import { type CandidateScores, ofEach } from './score-ranker.ts';
import type { ScoreSources } from './score-sources.ts';
import { readTrainingPools } from './training-pools.ts';

/** Draws of a training task that rows are made of: more cost likelihoods and repeat the same candidates. */
const TRAINING_REPETITIONS = 2;

/** Five coefficients of thousands of rows: only against classes that a plane separates. */
const L2 = 1;

export interface ShallowInputs {
  /** Folder of the dataset whose training tasks are learnt from. */
  readonly train: string;
  /** What is ranked. */
  readonly tasks: readonly RankedTask[];
  readonly sizes: DrawOptions['sizes'];
  readonly likelihood: CandidateScores;
  readonly onTask?: (done: number, total: number) => void;
}

/**
 * A logistic model on what can be told without a judge, fitted on draws of the same sizes from training tasks: what a judge has to
 * beat.
 *
 * @throws {CodejuryError} as readTrainingPools; `usage` when all training candidates have the same label.
 */
export async function openShallowRanker(inputs: ShallowInputs, sources: ScoreSources): Promise<Ranker> {
  const { pools, labels, overlapping } = await readTrainingPools(inputs.train, inputs.tasks);
  const factsOf = (task: RankedTask, candidate: PoolCandidate) =>
    shallowFacts(task, candidate, inputs.likelihood, sources);
  const features: number[] = [];
  const targets: number[] = [];
  const options = { sizes: inputs.sizes, repetitions: TRAINING_REPETITIONS, seed: sources.seed };
  for (const [index, pool] of pools.entries()) {
    const { ranked, draws } = drawPool(pool, options);
    const facts = await ofEach(ranked.candidates, (candidate) => factsOf(ranked.task, candidate));
    for (const { draw } of draws) {
      for (const drawn of draw.candidates) {
        const known = facts.get(drawn.candidate.id);
        if (known === undefined) continue;
        features.push(...shallowFeatures(known, drawn, draw.n));
        targets.push(labels.get(drawn.candidate.id) ?? 0);
      }
    }
    inputs.onTask?.(index + 1, pools.length);
  }
  const model = fitLogistic(
    { features: Float64Array.from(features), columns: SHALLOW_COLUMNS, targets, weights: null },
    { l2: L2 },
  );
  if (model === null) {
    throw new CodejuryError('usage', `--train ${inputs.train}: all training candidates have the same label`);
  }
  return {
    name: 'shallow',
    ties: 'team',
    how: () =>
      `logistic on length, parse result, multiplicity and likelihood; ${targets.length} rows of ${pools.length} training tasks`,
    notices: () =>
      overlapping === 0
        ? []
        : [`shallow: left out of its training, ranked problems themselves: ${overlapping} tasks`],
    prepare: async ({ task, candidates }) => {
      const facts = await ofEach(candidates, (candidate) => factsOf(task, candidate));
      return (draw) =>
        new Map(
          draw.candidates.flatMap((drawn) => {
            const known = facts.get(drawn.candidate.id);
            return known === undefined
              ? []
              : [
                  [
                    drawn.candidate.id,
                    predictLogistic(model, shallowFeatures(known, drawn, draw.n)),
                  ] as const,
                ];
          }),
        );
    },
  };
}

async function shallowFacts(
  task: RankedTask,
  candidate: PoolCandidate,
  likelihood: CandidateScores,
  sources: ScoreSources,
): Promise<ShallowFacts> {
  const language = findLanguage(task.language, sources.languages, task.id);
  const parses =
    language.grammar === null ? null : await withTree(language, candidate.code, (root) => !root.hasError);
  return {
    length: candidate.code.length,
    // What the parser cannot cope with is not code that it reads.
    parses: language.grammar === null ? null : parses === true,
    meanLogProbability: await likelihood.score(task, candidate),
  };
}
