import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { RankResult } from '../../contracts/rank-result.ts';
import type { Limits } from '../../execute/limits.ts';
import type { Environment } from '../../io/environment.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import type { Ranker } from '../../select/ranker.ts';
import { createTaskIndex, type TaskIndex } from '../../tasks/task-index.ts';
import { openLedger } from '../ledger.ts';
import { openCache } from '../open-cache.ts';
import { type ModelEvents, openModelOpener } from '../open-model.ts';
import { openTasks } from '../open-tasks.ts';
import { readTeam, type TeamOverrides, type TeamSource } from '../read-team.ts';
import { availableRankers, checkRankers } from './check-rankers.ts';
import { drawPool } from './draw-pools.ts';
import { readLabels } from './label-book.ts';
import { openRankers, type RankerInputs } from './open-rankers.ts';
import { RESAMPLES, rankReport } from './rank-report.ts';
import { parseRankers, type RankerSpec } from './ranker-spec.ts';
import { type Pools, readPools } from './read-pools.ts';
import { readScores, type ScoredSamples } from './read-scores.ts';
import { type RankedDraws, runRanker } from './run-rankers.ts';
import { openScoreSources } from './score-sources.ts';
import { trainingNotices } from './training-notices.ts';

export interface RunRankOptions extends ModelEvents {
  /** Where the tasks are: see openTasks. */
  readonly tasks: string;
  readonly samples: string;
  /** What `execute` said of the samples; null = what the samples say themselves. */
  readonly labels: string | null;
  /** Names of rankers: see parseRankers. */
  readonly rankers: readonly string[];
  /** What tables and selections call them, by their text; others are called by it. */
  readonly shownAs?: ReadonlyMap<string, string>;
  readonly scores: string | null;
  readonly teamFile: string | null;
  readonly overrides: TeamOverrides;
  /** Model or team file whose generator is asked, or the team itself; null = the team's. */
  readonly generator: string | TeamSource | null;
  /** Rankers whose scores are known already, after the others in the table. */
  readonly scored?: readonly Ranker[];
  /** Dataset that the shallow baseline learns from; null = none. */
  readonly train: string | null;
  readonly testSamples: number;
  readonly sizes: readonly number[];
  readonly repetitions: number;
  readonly seed: number;
  /** Of the bootstrap over tasks; unset = a thousand. */
  readonly resamples?: number;
  readonly maxTasks: number | null;
  readonly dedupe: 'tokens' | 'exact';
  readonly out: string;
  readonly languages: readonly CustomLanguage[];
  readonly limits: Partial<Limits>;
  readonly sandbox: string;
  readonly useCache: boolean;
  readonly offline: boolean;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onProgress?: (what: string, done: number, total: number | null) => void;
}

/**
 * Lets rankers choose among samples drawn from a fixed pool, writes what they chose, and reports how often that passes. Rankers
 * get to see pools and draws; labels are read beside them and used for the report alone.
 *
 * @throws {CodejuryError} `usage` or `not-found` for what a user can get wrong, before a model is opened; as rankers do.
 * @see arXiv 2602.11911, selection among N candidates
 */
export async function runRank(options: RunRankOptions): Promise<RankResult> {
  const { sizes, repetitions, seed, signal, onProgress } = options;
  const team = await readTeam(options.teamFile, options.overrides);
  const generator = options.generator === null ? team : await readGenerator(options.generator);
  // The team may have them from the same flag.
  const isGiven = ({ id }: CustomLanguage) => options.languages.some((given) => given.id === id);
  const languages = [...options.languages, ...team.config.languages.filter((language) => !isGiven(language))];
  const index = createTaskIndex(await Array.fromAsync(openTasks(options.tasks, options)));
  const read = await readPools({
    ...options,
    tasks: index,
    languages,
    onProgress: (samples) => onProgress?.('reading samples', samples, null),
  });
  const labels = await labelsFor(options, { tasks: index, languages }, read);
  const drawn = read.pools.map((pool) => drawPool(pool, { sizes, repetitions, seed }));
  const inputs: Omit<RankerInputs, 'givenScores'> = {
    train: options.train,
    testSamples: options.testSamples,
    sizes,
    tasks: drawn.map(({ ranked }) => ranked.task),
    ...(onProgress === undefined ? {} : { onProgress }),
    storedLikelihoods: drawn.every(({ ranked }) =>
      ranked.candidates.every(({ meanLogProbability }) => meanLogProbability !== null),
    ),
    generatorNamed: options.generator !== null,
  };
  const needs = { ...inputs, scores: options.scores, languages };
  const { names, leftOut } = availableRankers(needs);
  const specs = parseRankers(options.rankers, names).map(({ text, ...spec }) => ({
    ...spec,
    text: options.shownAs?.get(text) ?? text,
  }));
  checkRankers(specs, needs);
  const scored = { samples: read.samples, tasks: index, isPartial: options.maxTasks !== null };
  const givenScores = await readGivenScores(specs, options.scores, scored);
  const ledger = openLedger();
  const trained = await trainingNotices(specs, team, { ...options, ranked: inputs.tasks });
  const sources = openScoreSources({
    opener: openModelOpener(options),
    cache: await openCache(options),
    ledger,
    languages,
    seed,
    signal,
    judges: team,
    generator: { config: generator.config.generator, folder: generator.folder },
    sandbox: options.sandbox,
    limits: options.limits,
    env: options.env,
  });
  const ranked: RankedDraws[] = [];
  try {
    const open = openRankers(sources, { ...inputs, givenScores });
    for (const spec of specs) {
      const ranker = await open(spec);
      const progress = (done: number) => onProgress?.(spec.text, done, drawn.length);
      ranked.push(await runRanker(ranker, drawn, signal, progress));
    }
    for (const ranker of options.scored ?? []) ranked.push(await runRanker(ranker, drawn, signal));
  } finally {
    await sources.close();
  }
  const lines = ranked.flatMap(({ selections }) => selections.map((selection) => JSON.stringify(selection)));
  await writeLinesAtomically(options.out, lines);
  return rankReport({
    drawn,
    ranked,
    labels,
    sizes,
    repetitions,
    seed,
    resamples: options.resamples ?? RESAMPLES,
    notices: [...trained, ...(options.rankers.includes('all') ? leftOut : []), ...ledger.notices()],
    out: options.out,
  });
}

/** By the ranker's text; before a model is opened. */
async function readGivenScores(
  specs: readonly RankerSpec[],
  file: string | null,
  scored: ScoredSamples,
): Promise<RankerInputs['givenScores']> {
  const given = new Map<string, ReadonlyMap<number, number>>();
  for (const { name, argument, text } of specs) {
    const path = argument ?? file;
    if (name === 'scores' && path !== null) given.set(text, await readScores(path, scored));
  }
  return given;
}

async function readGenerator(name: string | TeamSource): Promise<TeamSource> {
  if (typeof name !== 'string') return name;
  return /\.(?:ya?ml|json)$/i.test(name)
    ? readTeam(name)
    : readTeam(null, { team: { generator: { model: name } } });
}

/** What is known of the samples: the file's word, else their own. */
async function labelsFor(
  { labels, samples }: RunRankOptions,
  known: { readonly tasks: TaskIndex; readonly languages: readonly CustomLanguage[] },
  pools: Pools,
): Promise<ReadonlyMap<number, boolean>> {
  return labels === null || labels === samples ? pools.given : readLabels(labels, known, pools);
}
