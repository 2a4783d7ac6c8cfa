import { PERMUTATIONS } from '../../contracts/comparison.ts';
import type { RankComparison, RankResult, RankRow } from '../../contracts/rank-result.ts';
import { adjustPValues } from '../../evaluate/adjust-p-values.ts';
import { bootstrapMean } from '../../evaluate/bootstrap-mean.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { taskPermutationTest } from '../../evaluate/task-permutation-test.ts';
import {
  chosenMeans,
  type LabelledPool,
  oracleMeans,
  poolPassAtK,
  randomCandidateMeans,
  randomSampleMeans,
  singleMeans,
  type TaskMeans,
} from './draw-outcomes.ts';
import type { DrawnPool } from './draw-pools.ts';
import { labelsOf } from './label-book.ts';
import type { RankedDraws } from './run-rankers.ts';

/** Of the bootstrap over tasks, unless somebody says otherwise: enough for two digits of a 95 % interval. */
export const RESAMPLES = 1_000;

/** What others are compared with, where it is among the rankers. */
const BASELINES = ['log-likelihood', 'multiplicity', 'shallow'];

const SINGLE = 'single candidate';
const RANDOM_SAMPLE = 'random (samples)';
const RANDOM_CANDIDATE = 'random (candidates)';

export interface RankReportInput {
  readonly drawn: readonly DrawnPool[];
  readonly ranked: readonly RankedDraws[];
  /** By the number of a sample. */
  readonly labels: ReadonlyMap<number, boolean>;
  readonly sizes: readonly number[];
  readonly repetitions: number;
  readonly seed: number;
  /** Of the bootstrap over tasks. */
  readonly resamples: number;
  readonly notices: readonly string[];
  readonly out: string;
}

/** The table of all rankers beside what they are to be compared with, and the comparisons; only labelled tasks count. */
export function rankReport(input: RankReportInput): RankResult {
  const { drawn, ranked, sizes, repetitions, seed, resamples, out } = input;
  const options = { seed, resamples };
  const pools = labelledPools(input);
  const samples = drawn.flatMap(({ pool }) => pool.samples);
  const poolSizes = drawn.map(({ pool }) => pool.samples.length);
  const measured = pools.length === 0 ? [] : sizes.flatMap((size) => measureSize(pools, ranked, size));
  return {
    tasks: drawn.length,
    labelledTasks: pools.length,
    samples: samples.length,
    rejectedSamples: samples.filter(({ candidate }) => candidate === null).length,
    candidates: new Set(samples.flatMap(({ candidate }) => candidate?.id ?? [])).size,
    poolSizes: { least: Math.min(...poolSizes), most: Math.max(...poolSizes) },
    sizes,
    repetitions,
    seed,
    resamples,
    rows: measured.map(({ means, ...row }) => ({ ...row, passAt1: bootstrapMean(means, options) })),
    comparisons: compareAll(measured, options),
    notices: [...noticesOf(input, pools), ...input.notices],
    out,
  };
}

type MeasuredRow = Omit<RankRow, 'passAt1'> & { readonly means: TaskMeans };

function measureSize(
  pools: readonly LabelledPool[],
  ranked: readonly RankedDraws[],
  n: number,
): MeasuredRow[] {
  const exact = (name: string, how: string, means: TaskMeans, kind: RankRow['kind'] = 'exact') => ({
    name,
    kind,
    n,
    how,
    tied: null,
    means,
  });
  const ceiling = poolPassAtK(pools, n);
  return [
    exact(SINGLE, 'any sample of the pool, exactly', singleMeans(pools)),
    exact(RANDOM_SAMPLE, 'any sample of the draw that has a candidate, exactly', randomSampleMeans(pools, n)),
    exact(RANDOM_CANDIDATE, 'any distinct candidate of the draw, exactly', randomCandidateMeans(pools, n)),
    ...ranked.map((ranker) => ({
      name: ranker.name,
      kind: 'ranker' as const,
      n,
      how: ranker.how,
      tied: tiedShare(pools, ranker, n),
      means: chosenMeans(pools, ranker, n),
    })),
    exact('oracle', 'whether any candidate of the draw passes', oracleMeans(pools, n), 'ceiling'),
    ...(ceiling.size === 0 ? [] : [exact('pass@n', 'of the whole pool, exactly', ceiling, 'ceiling')]),
  ];
}

function tiedShare(pools: readonly LabelledPool[], { tied }: RankedDraws, size: number): number {
  const flags = pools.flatMap(({ drawn, firstDraw }) =>
    drawn.draws.flatMap((draw, index) => (draw.size === size ? [tied[firstDraw + index] === true] : [])),
  );
  return flags.filter(Boolean).length / flags.length;
}

function compareAll(rows: readonly MeasuredRow[], options: BootstrapOptions): RankComparison[] {
  const rankers = rows.filter(({ kind }) => kind === 'ranker');
  const baselines = rows.filter(
    ({ name, kind }) => kind === 'exact' || (kind === 'ranker' && BASELINES.includes(name)),
  );
  const found = rankers.flatMap((ranker) =>
    baselines
      .filter(({ n, name }) => n === ranker.n && name !== ranker.name)
      .map((baseline) => {
        const differences = new Map(
          [...ranker.means].map(([id, mean]) => [id, mean - (baseline.means.get(id) ?? 0)]),
        );
        return {
          ranker: ranker.name,
          baseline: baseline.name,
          n: ranker.n,
          difference: bootstrapMean(differences, options),
          pValue: taskPermutationTest(differences, { resamples: PERMUTATIONS, seed: options.seed }),
          kind: baseline.kind,
        };
      }),
  );
  const adjusted = new Map(
    (['exact', 'ranker'] as const).flatMap((kind) => {
      const family = found.filter((comparison) => comparison.kind === kind);
      const pValues = adjustPValues(family.map(({ pValue }) => pValue));
      return family.map((comparison, index) => [comparison, pValues[index] ?? null] as const);
    }),
  );
  return found.map((comparison) => {
    const { kind: _kind, ...facts } = comparison;
    return { ...facts, adjusted: adjusted.get(comparison) ?? null };
  });
}

function labelledPools({ drawn, labels }: RankReportInput): LabelledPool[] {
  let firstDraw = 0;
  const pools: LabelledPool[] = [];
  for (const pool of drawn) {
    const known = labelsOf(pool.pool, labels);
    if (known !== null) pools.push({ drawn: pool, labels: known, firstDraw });
    firstDraw += pool.draws.length;
  }
  return pools;
}

function noticesOf(
  { drawn, ranked, sizes, labels }: RankReportInput,
  pools: readonly LabelledPool[],
): string[] {
  const small = drawn.filter(({ pool }) => pool.samples.length < Math.max(...sizes)).length;
  const unlabelled = labels.size === 0 ? 0 : drawn.length - pools.length;
  const conflicts = pools.reduce((total, pool) => total + pool.labels.conflicts, 0);
  return [
    ...(labels.size === 0 ? ['no labels: what was chosen is written, how often it passes is not known'] : []),
    ...(unlabelled === 0 ? [] : [`left out of the table, a sample without a label: ${unlabelled} tasks`]),
    ...(small === 0 ? [] : [`drawn whole, a pool smaller than ${Math.max(...sizes)}: ${small} tasks`]),
    ...(conflicts === 0
      ? []
      : [`merged though their samples differ in label, the first one's counts: ${conflicts} candidates`]),
    ...new Set(ranked.flatMap(({ notices }) => notices)),
  ];
}
