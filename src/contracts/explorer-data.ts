import type { Feedback, Outcome } from './execution.ts';

/** How a language writes comments and strings, which is what colours them. */
export interface SourceSyntax {
  readonly comments: {
    readonly line: readonly string[];
    readonly block: readonly { readonly open: string; readonly close: string }[];
  };
  readonly strings: readonly {
    readonly open: string;
    readonly close: string;
    readonly escapes: boolean;
    readonly multiline: boolean;
  }[];
}

/** A candidate as a page carries it, up to tens of thousands of them. */
export interface PackedCandidate {
  readonly id: string;
  /** Index into `generators`. */
  readonly generator: number;
  readonly code: string;
  readonly samples: number;
  readonly rejected: string | null;
  readonly outcome: Outcome | null;
  readonly feedback: Feedback | null;
  /** A character a judge: `1` or `0` its label, `x` an invalid answer, `-` not asked. */
  readonly labels: string;
  /** P(correct) of each judge to four decimals; null = none. */
  readonly probabilities: readonly (number | null)[];
}

export interface PackedTask {
  readonly id: string;
  readonly language: string;
  readonly description: string;
  readonly signature: string;
  readonly canonical: string | null;
  readonly candidates: readonly PackedCandidate[];
}

/** What the candidate explorer of a report shows: JSON, compressed, in base64. */
export interface ExplorerData {
  readonly study: { readonly name: string; readonly digest: string };
  readonly judges: readonly string[];
  readonly generators: readonly string[];
  readonly languages: Readonly<Record<string, SourceSyntax>>;
  readonly tasks: readonly PackedTask[];
}
