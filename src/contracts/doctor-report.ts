import type { Limits } from './limits.ts';

/** One thing that works here or does not. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** Version, place or reason. */
  readonly detail: string;
  /** What to do about it; null when nothing needs doing. */
  readonly hint: string | null;
}

/** The document `codejury doctor --json` prints. */
export interface DoctorReport {
  readonly codejury: string;
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  /** Where models and results are kept. */
  readonly home: string;
  readonly engine: Finding;
  /** Values of `gpu` that work here. */
  readonly gpus: readonly string[];
  /** Registered models: whether they are here, and whether they would fit the memory. */
  readonly models: readonly {
    readonly name: string;
    readonly here: boolean;
    /** File size and working memory; null where the size is unknown. */
    readonly neededBytes: number | null;
    readonly fits: boolean | null;
  }[];
  /** Whether generated code can be run safely, and by which kind of sandbox unless another one is asked for. */
  readonly sandbox: Finding;
  /** Every kind of sandbox, in the order in which they are tried. */
  readonly sandboxes: readonly Finding[];
  readonly protections: readonly {
    readonly name: string;
    readonly active: boolean;
    readonly detail: string;
  }[];
  /** Of the control groups that this machine has; null without any. The protections say whether they can be used. */
  readonly cgroupVersion: 1 | 2 | null;
  /** Of a run, where nothing else is set. */
  readonly limits: Limits;
  /** Languages whose candidates can be executed, or could; with the limits in which one differs. */
  readonly languages: readonly (Finding & { readonly limits: Partial<Limits> })[];
  readonly programs: readonly Finding[];
}
