import type { JudgeProfile } from './judge-profile.ts';
import type { Combination } from './team.ts';

/** How one way to combine the first judges does on the candidates it was measured on. */
export interface EnsembleRow {
  /** How many judges, the best first. */
  readonly judges: number;
  readonly combination: Combination;
  readonly kappa: number | null;
  readonly f1: number | null;
  readonly aucWithinTask: number | null;
  readonly brier: number | null;
}

/** A judge by itself. */
export interface EnsembleJudge {
  readonly name: string;
  readonly kappa: number | null;
  /** Its profile, whose Platt scaling the formulas use; null where none was given. */
  readonly profile: string | null;
  readonly platt: JudgeProfile['platt'];
}

/** The document `codejury ensemble fit --json` prints. */
export interface EnsembleResult {
  /** The best by kappa first; those after the third are not used. */
  readonly judges: readonly EnsembleJudge[];
  readonly candidates: number;
  readonly tasks: number;
  /** Verdicts without a label of the tests, left out. */
  readonly withoutLabel: number;
  /**
   * Formulas as a team with these profiles, score `monotone` and prior 0.5 computes them. Fitted combinations are measured on tasks
   * that their model has not seen.
   */
  readonly rows: readonly EnsembleRow[];
  /** What was fitted. */
  readonly combine: Combination;
  readonly usedJudges: readonly string[];
  readonly notices: readonly string[];
  readonly out: string;
}
