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
  readonly sandbox: Finding;
  readonly protections: readonly {
    readonly name: string;
    readonly active: boolean;
    readonly detail: string;
  }[];
  readonly programs: readonly Finding[];
}
