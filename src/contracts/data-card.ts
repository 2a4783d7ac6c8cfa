import type { Outcome } from './execution.ts';

/** One line of the funnel: what was taken out, and what was left. */
export interface FilterCount {
  readonly filter: string;
  readonly unit: 'tasks' | 'samples' | 'candidates' | 'mutants';
  readonly removed: number;
  readonly left: number;
}

export interface SplitCount {
  readonly split: string;
  readonly problems: number;
  readonly tasks: number;
  /** Tasks with at least one candidate. */
  readonly tasksWithCandidates: number;
  readonly candidates: number;
  readonly correct: number;
  readonly wrong: number;
}

/** The quartiles and ends of a length, in characters; nulls when there is nothing to measure. */
export interface LengthSummary {
  readonly what: string;
  readonly minimum: number | null;
  readonly median: number | null;
  readonly percentile90: number | null;
  readonly maximum: number | null;
}

export interface FileDigest {
  readonly file: string;
  readonly lines: number;
  readonly sha256: string;
}

/** What a dataset is made of: `data-card.json` of `codejury dataset build`. A function of inputs and settings alone. */
export interface DataCard {
  readonly codejury: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Files, and models that wrote candidates; null = the model of a server, whose weights nobody sees. */
  readonly inputs: readonly { readonly name: string; readonly sha256: string | null }[];
  /** What decided the labels: language and the versions of what ran them. */
  readonly runners: readonly string[];
  readonly funnel: readonly FilterCount[];
  readonly outcomes: readonly { readonly outcome: Outcome | 'given'; readonly candidates: number }[];
  readonly splits: readonly SplitCount[];
  readonly lengths: readonly LengthSummary[];
  readonly benchmarks: readonly {
    readonly benchmark: string;
    readonly language: string;
    readonly tasks: number;
  }[];
  readonly licences: readonly { readonly licence: string; readonly tasks: number }[];
  readonly generators: readonly { readonly generator: string; readonly candidates: number }[];
  readonly templates: Readonly<Record<string, string>>;
  readonly files: readonly FileDigest[];
}
