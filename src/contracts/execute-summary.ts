import type { Feedback, Outcome } from './execution.ts';

/** The document `codejury execute --json` prints. */
export interface ExecuteSummary {
  readonly out: string;
  readonly tasks: number;
  /** Tasks without any sample: they are no part of pass@k. */
  readonly tasksWithoutSamples: number;
  readonly samples: number;
  /** Distinct ones. */
  readonly candidates: number;
  /** Candidates that were run now; the others were recorded by an earlier run, or rejected. */
  readonly executed: number;
  readonly reused: number;
  /** Most frequent first; the outcome null is that of samples in which nothing to run was found. */
  readonly outcomes: readonly {
    readonly outcome: Outcome | null;
    readonly candidates: number;
    readonly samples: number;
  }[];
  /** The most frequent ways to fail, with the first candidate of each. */
  readonly faults: readonly {
    readonly outcome: string;
    readonly kind: string;
    readonly candidates: number;
    readonly example: { readonly taskId: string; readonly candidateId: string; readonly feedback: Feedback };
  }[];
  /**
   * Over all samples, those that were rejected counting as failures. Unweighted mean over tasks. Empty when some candidates could
   * not be executed: it would be no measurement.
   */
  readonly passAtK: readonly { readonly k: number; readonly value: number; readonly tasks: number }[];
  /** Tasks whose own solution does not pass its tests. */
  readonly failedReferences: readonly string[];
  readonly notices: readonly string[];
  readonly durationMs: number;
}
