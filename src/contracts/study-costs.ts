import type { Estimate } from './judge-evaluation.ts';

/** The memory of one model, and what it rests on. */
export interface StudyModelMemory {
  /** The model's reference, or the name of a pool. */
  readonly name: string;
  /** `file`: read in the model's own; `config`: all that counts is given; null = not enough is known, or it runs elsewhere. */
  readonly from: 'file' | 'config' | null;
  readonly memoryBytes: number | null;
  readonly weights: string | null;
  readonly keyValueCache: string | null;
  readonly overhead: string | null;
}

/** What an answer of one kind needs, costs and serves. Unknown is null. */
export interface StudyCost {
  /** Whose candidates; null for larger models. */
  readonly generator: string | null;
  readonly name: string;
  /** `single candidate`, `team of K`, `larger model`. */
  readonly kind: string;
  /** Samples it is chosen among. */
  readonly n: number;
  readonly passAt1: Estimate | null;
  /** What has to be loaded, each once. */
  readonly models: readonly string[];
  /** Of all models that run on hardware of one's own. */
  readonly memoryBytes: number | null;
  /** Names and how many; empty where all models are asked elsewhere. */
  readonly gpus: readonly { readonly name: string; readonly count: number }[] | null;
  readonly dollars: number | null;
  /** Given, of one answer at a time. */
  readonly secondsPerAnswer: number | null;
  readonly secondsMeasuredOn: string | null;
  readonly developersPerGpu: number | null;
  readonly dollarsPerDeveloper: number | null;
  /** For models behind servers that have a price, at most. */
  readonly apiDollarsPerAnswer: number | null;
  readonly notes: readonly string[];
}

/** What a study's answers cost: a function of its config, its models' files and the catalogue. */
export interface StudyCosts {
  readonly models: readonly StudyModelMemory[];
  readonly rows: readonly StudyCost[];
  /** Of the GPUs that were chosen: price, of when, and where it comes from. */
  readonly prices: readonly {
    readonly gpu: string;
    readonly memoryGb: number;
    readonly dollars: number;
    readonly asOf: string;
    readonly source: string;
  }[];
}
