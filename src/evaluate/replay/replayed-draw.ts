/** A candidate as the ranker saw it, and what the tests said of it. */
export interface ReplayedCandidate {
  /** Equal ids in one draw are one candidate, with equal fields. */
  readonly id: string;
  /**
   * What the judges gave it, higher is better; null without a valid verdict. Thresholds and curves take any finite scale,
   * reservation values a probability in [0, 1].
   */
  readonly score: number | null;
  /** Decides among equal scores after the number of samples; null = unknown, which comes last. */
  readonly meanLogProbability: number | null;
  readonly passed: boolean;
  /** What asking the judges about it costs, once a draw; in the unit of all costs, for example seconds. */
  readonly judgementCost: number;
}

export interface ReplayedSample {
  /** Null when there was nothing in the sample that could be judged or run. */
  readonly candidate: ReplayedCandidate | null;
  /** What writing it costs, judgement not included. */
  readonly cost: number;
}

/** What a larger model's single answer came to. */
export interface LargeAnswer {
  readonly passed: boolean;
  readonly cost: number;
}

/** One repetition of a task: its samples, all written and judged beforehand, so that any rule of stopping can be tried on them. */
export interface ReplayedDraw {
  readonly taskId: string;
  readonly repetition: number;
  /** In the order drawn. */
  readonly samples: readonly ReplayedSample[];
  /** Null = not known. */
  readonly large: LargeAnswer | null;
}
