import type { JudgeProfile } from '../contracts/judge-profile.ts';
import type { ScoreRule } from '../contracts/team.ts';
import type { Verdict } from '../contracts/verdict.ts';
import { CodejuryError } from '../errors.ts';
import { plattScale } from '../util/platt-scale.ts';

/** What scoring needs to know of a judge: the parts of its profile that were fitted on validation data. */
export type JudgeCalibration = Pick<JudgeProfile, 'confidenceBounds' | 'platt'>;

/** Of a judge that was not measured. */
export const UNCALIBRATED: JudgeCalibration = { confidenceBounds: null, platt: null };

/** The parts of a verdict that a score depends on. */
export type ScoredVerdict = Pick<Verdict, 'judge' | 'label' | 'probabilityCorrect' | 'rating' | 'confidence'>;

/**
 * A written answer has no probability. What it says moves between these bounds: several judges may outvote one that is certain in
 * words only.
 */
const UNCERTAIN_BOUNDS = { least: 0.05, most: 0.95 };

/** Scores never reach 0 or 1 exactly: one overconfident judge must not silence all others. */
const SCORE_EPSILON = 1e-6;

/**
 * One judge's score of a candidate in (0, 1), higher = more likely correct; null for an invalid verdict.
 *
 * - `monotone`: {@link evidenceOf} the verdict, Platt-scaled when the judge has parameters.
 * - `paper`: c′ if the label is 1, else 1 − c′, with c′ the confidence min–max normalised on validation and clipped
 *   to [0, 1]. Not monotone in q: an unsure "wrong" scores near 1. Equal bounds give c′ = 1.
 *
 * @throws {CodejuryError} `usage` for `paper` with a judge that has no validation bounds.
 * @see arXiv 2602.11911, section on confidence and ensembles
 */
export function scoreVerdict(
  verdict: ScoredVerdict,
  rule: ScoreRule,
  calibration: JudgeCalibration,
): number | null {
  const evidence = evidenceOf(verdict);
  if (evidence === null) {
    return null;
  }
  if (rule === 'monotone') {
    return clampScore(plattScale(evidence, calibration.platt));
  }
  const bounds = calibration.confidenceBounds;
  if (bounds === null) {
    throw new CodejuryError(
      'usage',
      `score "paper" needs the validation bounds of judge "${verdict.judge}", and it has none`,
      { hint: 'use a judge profile with "confidenceBounds", or score "monotone"' },
    );
  }
  if (verdict.confidence === null) {
    return null;
  }
  const normalised = normaliseConfidence(verdict.confidence, bounds);
  return clampScore(verdict.label === 1 ? normalised : 1 - normalised);
}

/**
 * What a verdict says for the candidate, in [0, 1]: the probability q of the correct label; without one, the rating, else the
 * label, both moved into [0.05, 0.95]. Null for an invalid one. Platt scaling is fitted to this.
 */
export function evidenceOf({
  label,
  probabilityCorrect,
  rating,
}: Pick<Verdict, 'label' | 'probabilityCorrect' | 'rating'>): number | null {
  if (label === null) return null;
  const { least, most } = UNCERTAIN_BOUNDS;
  return probabilityCorrect ?? least + (most - least) * (rating ?? label);
}

function normaliseConfidence(confidence: number, bounds: { min: number; max: number }): number {
  if (bounds.max <= bounds.min) {
    return 1;
  }
  return Math.min(1, Math.max(0, (confidence - bounds.min) / (bounds.max - bounds.min)));
}

function clampScore(score: number): number {
  return Math.min(1 - SCORE_EPSILON, Math.max(SCORE_EPSILON, score));
}
