import type { Comparison } from './comparison.ts';
import type { Estimate, JudgeEvaluation } from './judge-evaluation.ts';
import type { StudyReplay } from './study-replay.ts';

/** How far two judges say the same of the candidates that both gave a valid answer about. */
export interface JudgeAgreement {
  readonly first: string;
  readonly second: string;
  readonly candidates: number;
  /** Share with the same label; null without candidates. */
  readonly agreed: number | null;
  /** Cohen's kappa of their labels; null where chance alone decides, as with one label only. */
  readonly kappa: number | null;
  /** Share of the candidates that both call correct, and that both call wrong. */
  readonly bothCorrect: number | null;
  readonly bothWrong: number | null;
}

/** What a judge says of the candidates that ended in one way. */
export interface JudgeErrors {
  readonly judge: string;
  /** How they ended; `others` for the rarest together. */
  readonly outcome: string;
  /** Of their feedback; null where there is none. */
  readonly kind: string | null;
  readonly candidates: number;
  /** Those with a valid verdict, and those of them that the judge calls correct. */
  readonly judged: number;
  readonly saysCorrect: number;
}

/** What one generator's draws come to when candidates that do not compile are taken out before they are judged. */
export interface StudyGate {
  /** Samples a draw. */
  readonly n: number;
  /** Distinct candidates, and those that do not compile. */
  readonly candidates: number;
  readonly removed: number;
  /** pass@1 of random choice among distinct candidates, exactly, and of each team, without and with the gate. */
  readonly choices: readonly { readonly name: string; readonly without: Estimate; readonly with: Estimate }[];
}

/** What is measured of one generator's candidates. */
export interface StudyEvaluation {
  /** Against the tests; empty without judges. */
  readonly judges: readonly JudgeEvaluation[];
  /** All pairs of judges. */
  readonly judgeComparisons: readonly Comparison[];
  /** All pairs of judges: whether they err on the same candidates. */
  readonly agreement: readonly JudgeAgreement[];
  /** By category of feedback; empty without judges. */
  readonly errors: readonly JudgeErrors[];
  /** All pairs of rankers and teams, of draws of one size. */
  readonly choiceComparisons: readonly Comparison[];
  /** Larger models that answer once. */
  readonly large: readonly { readonly name: string; readonly passAt1: Estimate }[];
  /** Each ranker and team against each larger model. */
  readonly largeComparisons: readonly Comparison[];
  readonly replays: readonly StudyReplay[];
  readonly gate: StudyGate;
  readonly notices: readonly string[];
}
