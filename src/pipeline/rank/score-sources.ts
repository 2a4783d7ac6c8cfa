import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { TeamConfig } from '../../contracts/team.ts';
import type { Limits } from '../../execute/limits.ts';
import type { Executor } from '../../execute/open-executor.ts';
import type { Environment } from '../../io/environment.ts';
import type { PoolCandidate, RankedTask } from '../../select/ranker.ts';
import type { ResultCache } from '../../store/result-cache.ts';
import type { Ledger } from '../ledger.ts';
import type { ModelOpener } from '../open-model.ts';
import { openRunExecutor } from '../open-run-executor.ts';
import { type OpenWriter, openWriter } from '../open-writer.ts';
import type { TeamSource } from '../read-team.ts';
import { openTextScorer, type TextScorer } from './text-scores.ts';

/** A number for a candidate, computed once however many rankers ask for it; null = it has none. */
export type CandidateScore = (task: RankedTask, candidate: PoolCandidate) => Promise<number | null>;

/** What rankers share: models, sandbox, records. Each is opened at its first use. */
export interface ScoreSources {
  readonly opener: ModelOpener;
  readonly cache: ResultCache;
  readonly ledger: Ledger;
  readonly languages: readonly CustomLanguage[];
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly judges: TeamSource;
  /** The generator: its likelihoods and the tests it writes. */
  readonly writer: () => Promise<OpenWriter>;
  /** By the generator. */
  readonly textScorer: () => Promise<TextScorer>;
  readonly executor: () => Promise<Executor>;
  readonly close: () => Promise<void>;
}

export interface ScoreSourcesOptions {
  readonly opener: ModelOpener;
  readonly cache: ResultCache;
  readonly ledger: Ledger;
  readonly languages: readonly CustomLanguage[];
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly judges: TeamSource;
  readonly generator: { readonly config: TeamConfig['generator']; readonly folder: string };
  readonly sandbox: string;
  readonly limits: Partial<Limits>;
  readonly env: Environment;
}

/** Sources with nothing opened yet; whoever opens them closes them. */
export function openScoreSources(options: ScoreSourcesOptions): ScoreSources {
  const { generator, opener, sandbox, languages, limits, env, cache } = options;
  let writer: Promise<OpenWriter> | null = null;
  let textScorer: Promise<TextScorer> | null = null;
  let executor: Promise<Executor> | null = null;
  const openedWriter = () => {
    writer ??= openWriter(generator.config, generator.folder, opener);
    return writer;
  };
  return {
    ...options,
    writer: openedWriter,
    textScorer: () => {
      textScorer ??= openedWriter().then(({ model }) => openTextScorer(model, options));
      return textScorer;
    },
    executor: () => {
      executor ??= openRunExecutor({ sandbox, languages, limits, env });
      return executor;
    },
    close: async () => {
      await opener.dispose();
      cache.close();
      // One that could not be opened has told why already.
      const opened = executor === null ? null : await executor.catch(() => null);
      await opened?.close();
    },
  };
}

/** The same numbers, each computed once. */
export function rememberScores(score: CandidateScore): CandidateScore {
  const known = new Map<string, Promise<number | null>>();
  return (task, candidate) => {
    const found = known.get(candidate.id) ?? score(task, candidate);
    known.set(candidate.id, found);
    return found;
  };
}
