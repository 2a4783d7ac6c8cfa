import type { Estimate } from './judge-evaluation.ts';

/** What a rule of stopping comes to. */
export interface ReplayPoint {
  /** The threshold, the cost that the reservation value answers to, or the number of samples. */
  readonly setting: number;
  readonly passAt1: number | null;
  /** Means over tasks, of each over its repetitions. */
  readonly meanSamples: number | null;
  readonly meanJudgements: number | null;
}

/** A setting that takes few samples and loses little, beside all samples taken. */
export interface CheapSetting {
  readonly setting: number;
  readonly samplesShare: Estimate;
  readonly difference: Estimate;
}

/** Rules of stopping of one kind. */
export interface ReplayedRule {
  readonly kind: 'threshold' | 'reservation' | 'budget';
  readonly points: readonly ReplayPoint[];
  /** The setting with the fewest samples among those within the limits; null = none is. */
  readonly cheapest: CheapSetting | null;
  /** Where none is: of those with few enough samples the one that loses least. */
  readonly nearest: CheapSetting | null;
  /** What choosing so comes to on tasks that had no part in it. */
  readonly crossFitted: Omit<CheapSetting, 'setting'>;
}

export interface CurvePoint {
  /** Share of the answers that are given, or that the larger model gives. */
  readonly share: number;
  readonly passAt1: number;
}

/** What a larger model's answers in place of the least sure ones come to. */
export interface ReplayedEscalation {
  readonly large: string;
  readonly passAt1: number | null;
  readonly points: readonly (CurvePoint & { readonly randomPassAt1: number })[];
  /** Draws without an answer of the larger model. */
  readonly leftOut: number;
}

/** A team's draws, replayed from its scores: nothing is sampled or judged again. */
export interface StudyReplay {
  readonly team: string;
  /** Samples a draw. */
  readonly n: number;
  readonly passAt1: number | null;
  readonly limits: { readonly samplesShare: number; readonly loss: number };
  readonly rules: readonly ReplayedRule[];
  readonly abstention: {
    readonly points: readonly CurvePoint[];
    readonly area: number | null;
    readonly chanceArea: number | null;
    readonly bestArea: number | null;
  };
  readonly escalation: readonly ReplayedEscalation[];
}
