import type { Candidate } from './candidate.ts';
import type { Execution } from './execution.ts';
import type { JudgeRecord } from './judge-result.ts';
import type { Task } from './task.ts';
import type { TeamConfig } from './team.ts';
import type { Verdict } from './verdict.ts';

/** What decided between candidates of equal score; null when the score alone decided. */
export type TieBreak = 'multiplicity' | 'log-likelihood' | 'lowest-index';

/** What ranked the candidates: the judges, or the generator's own likelihood where there are none. */
export type RankedBy = 'judges' | 'log-likelihood';

/** A candidate with all evidence for and against it. */
export interface JudgedCandidate extends Candidate {
  /** The model that wrote it. */
  readonly generator: string;
  /** The name the model gave the function, where it was changed to the one asked for. */
  readonly renamedFrom: string | null;
  readonly verdicts: readonly Verdict[];
  /** Present when the team's `tests` gate ran it. */
  readonly execution: Execution | null;
  /** Combined score of the judges; null when rejected or without a valid verdict. Mean log-likelihood without judges. */
  readonly score: number | null;
  /** Maximum over its samples; null = unknown. */
  readonly meanLogProbability: number | null;
}

/** What was spent, and what was saved. Counts are exact; the durations are the only part that a seed does not fix. */
export interface Trace {
  readonly seed: number;
  readonly samplesRequested: number;
  readonly samplesDrawn: number;
  readonly samplesSavedByEarlyStop: number;
  readonly judgementsMade: number;
  readonly judgementsSavedByDuplicates: number;
  /** Samples and verdicts that came from an earlier run's results. */
  readonly reusedResults: number;
  readonly rejections: Readonly<Record<string, number>>;
  readonly generatedTokens: number | null;
  readonly judgePromptTokens: number | null;
  /** Of these, tokens whose evaluation was shared with another candidate. */
  readonly judgeCachedTokens: number | null;
  readonly judges: readonly JudgeRecord[];
  readonly models: readonly {
    readonly name: string;
    readonly engine: string;
    readonly digest: string | null;
  }[];
  /** Hash of the generator's prompt template; those of the judges are theirs. */
  readonly templates: { readonly generator: string };
  readonly notices: readonly string[];
  readonly durationsMs: Readonly<Record<'generate' | 'clean' | 'gate' | 'judge' | 'total', number>>;
}

/** The document `codejury solve --json` prints. */
export interface SolveResult {
  readonly task: Task;
  readonly team: TeamConfig;
  readonly candidates: readonly JudgedCandidate[];
  readonly selected: {
    readonly candidateId: string;
    readonly code: string;
    /** Null when no judge gave it a valid verdict: then only `tieBrokenBy` decided. */
    readonly score: number | null;
    readonly rankedBy: RankedBy;
    readonly tieBrokenBy: TieBreak | null;
  } | null;
  /** True when nothing was good enough to return. */
  readonly abstained: boolean;
  readonly escalated: boolean;
  readonly trace: Trace;
}
