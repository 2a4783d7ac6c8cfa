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

/** What lists and filters need of a candidate. */
export interface CandidateFacts {
  readonly id: string;
  /** Index into `generators`. */
  readonly generator: number;
  readonly samples: number;
  readonly rejected: string | null;
  readonly outcome: Outcome | null;
  /** The kind of its feedback. */
  readonly feedback: string | null;
  /** A character a judge: `1` or `0` its label, `x` an invalid answer, `-` not asked. */
  readonly labels: string;
}

export interface TaskFacts {
  readonly id: string;
  readonly language: string;
  readonly candidates: readonly CandidateFacts[];
}

/** What is read of a candidate when it is looked at. */
export interface CandidateTexts {
  readonly code: string;
  readonly feedback: Feedback | null;
  /** P(correct) of each judge to four decimals; null = none. */
  readonly probabilities: readonly (number | null)[];
}

export interface TaskTexts {
  readonly description: string;
  readonly signature: string;
  readonly canonical: string | null;
  /** In the order of the facts. */
  readonly candidates: readonly CandidateTexts[];
}

/**
 * What the candidate explorer of a report shows. Tens of thousands of candidates: the facts are unpacked when the page is opened, the texts of some
 * tasks at a time when they are looked at. On the page each of these is a line: JSON, compressed by gzip, in base64; the facts come first.
 */
export interface ExplorerData {
  readonly study: { readonly name: string; readonly digest: string };
  readonly judges: readonly string[];
  readonly generators: readonly string[];
  readonly languages: Readonly<Record<string, SourceSyntax>>;
  readonly tasks: readonly TaskFacts[];
  /** How many tasks have their texts in each of the lines that follow. */
  readonly chunks: readonly number[];
}
