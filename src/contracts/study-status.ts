import type { StageCondition } from './study-plan.ts';

/** A stage and how far it is. */
export interface StageStatus extends StageCondition {
  /** Of the last run that was at it; null = it is finished, or nobody knows. */
  readonly progress: {
    readonly what: string;
    readonly done: number;
    readonly total: number | null;
    readonly failures: number;
  } | null;
  /** That it took, if it is finished. */
  readonly seconds: number | null;
}

/** The document `codejury study status --json` prints. */
export interface StudyStatus {
  readonly format: 1;
  readonly name: string;
  /** The study's folder. */
  readonly out: string;
  /** `new`: nothing is there. `interrupted`: begun, and nobody is at it. */
  readonly state: 'new' | 'running' | 'interrupted' | 'finished';
  /** Who is at it; null = nobody. */
  readonly process: { readonly pid: number | null; readonly host: string | null } | null;
  readonly stages: readonly StageStatus[];
  /** Of the last run. */
  readonly notices: readonly string[];
}
