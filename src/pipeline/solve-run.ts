import pLimit from 'p-limit';
import { type CandidatePool, createCandidatePool } from '../clean/candidate-pool.ts';
import type { Candidate, Rejection } from '../contracts/candidate.ts';
import type { Execution } from '../contracts/execution.ts';
import type { JudgedCandidate } from '../contracts/solve-result.ts';
import type { Task } from '../contracts/task.ts';
import type { Executor } from '../execute/open-executor.ts';
import { findLanguage } from '../lang/find-language.ts';
import type { Language } from '../lang/language.ts';
import type { ResultCache } from '../store/result-cache.ts';
import { type JudgePanel, openPanel, type PanelVerdict } from './judge-panel.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { OpenTeam } from './open-team.ts';
import type { OpenWriter } from './open-writer.ts';
import type { OnSolveEvent } from './solve-events.ts';
import { type WriterRequest, writerRequest } from './writer-request.ts';

export interface SolveOptions {
  readonly seed: number;
  readonly cache: ResultCache;
  /** For the gates that run code; null where the team has none. */
  readonly executor: Executor | null;
  readonly signal: AbortSignal;
  readonly onEvent?: OnSolveEvent;
}

/** What is known of a candidate besides its code; filled in as the work goes on. */
export interface Evidence {
  readonly generator: string;
  readonly renamedFrom: string | null;
  rejected: Rejection | null;
  execution: Execution | null;
  panel: PanelVerdict | null;
  meanLogProbability: number | null;
}

/** Everything that belongs to one task being solved. */
export interface SolveRun {
  readonly task: Task;
  readonly team: OpenTeam;
  readonly language: Language;
  readonly options: SolveOptions;
  /** Fires for the caller's reason, or when one part of the run failed. */
  readonly signal: AbortSignal;
  /** Stops everything else after the first failure. */
  readonly stop: (reason: unknown) => void;
  readonly ledger: Ledger;
  readonly pool: CandidatePool;
  /** By `evidenceKey`. */
  readonly evidence: Map<string, Evidence>;
  readonly panel: JudgePanel;
  /** Executing candidates competes with the models for the cores: one at a time. */
  readonly gateLimit: ReturnType<typeof pLimit>;
}

/** @throws {CodejuryError} `usage` for a language that nobody knows. */
export function openRun(task: Task, team: OpenTeam, options: SolveOptions): SolveRun {
  const controller = new AbortController();
  const signal = AbortSignal.any([options.signal, controller.signal]);
  const ledger = openLedger();
  const language = findLanguage(task.language, team.config.languages);
  return {
    // From here on the language has its one id, whatever alias the user wrote.
    task: { ...task, language: language.id },
    team,
    language,
    options,
    signal,
    stop: (reason) => controller.abort(reason),
    ledger,
    pool: createCandidatePool(task.id),
    evidence: new Map(),
    panel: openPanel({
      judges: team.judges,
      combine: team.combine,
      cache: options.cache,
      ledger,
      signal,
      tooLong: 'invalid',
    }),
    gateLimit: pLimit(1),
  };
}

/** What a writer is asked for the task of the run; its notices are the run's. */
export function requestIn(
  { task, language, ledger, options }: SolveRun,
  writer: OpenWriter,
): Promise<WriterRequest> {
  return writerRequest(task, language, writer, (text) => {
    ledger.notice(text);
    options.onEvent?.({ kind: 'notice', text });
  });
}

/** The same code may come from a sample that was cut off, rejected, and from a whole one: two entries of the pool. */
export function evidenceKey(candidate: Pick<Candidate, 'id' | 'rejected'>): string {
  return `${candidate.rejected === null ? 'accepted' : 'rejected'} ${candidate.id}`;
}

/** All candidates so far with their evidence, in the order of their first sample. */
export function judgedCandidates(run: SolveRun): readonly JudgedCandidate[] {
  return run.pool.list().map((candidate): JudgedCandidate => {
    const entry = run.evidence.get(evidenceKey(candidate));
    if (!entry) {
      throw new Error(`no evidence for candidate ${candidate.id}`);
    }
    const { generator, renamedFrom, rejected, execution, panel, meanLogProbability } = entry;
    return {
      ...candidate,
      generator,
      renamedFrom,
      rejected,
      verdicts: panel?.verdicts ?? [],
      execution,
      score: panel?.score ?? null,
      meanLogProbability,
    };
  });
}
