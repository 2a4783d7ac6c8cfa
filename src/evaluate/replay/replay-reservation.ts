import {
  type Frontier,
  type FrontierPoint,
  openReplay,
  type Replay,
  type ReplayOutcome,
  replayUntil,
} from './replay-outcome.ts';
import type { ReplayedDraw } from './replayed-draw.ts';
import { reservationValue } from './reservation-value.ts';
import { type FoldOptions, taskFolds } from './task-folds.ts';

/** Where the scores are from that a reservation value is worked out of: never the task it is applied to. */
export type ReservationCalibration =
  /** Of the samples of other tasks, for example validation; null = no candidate or no valid verdict. */
  | { readonly scores: readonly (number | null)[] }
  /** Cross-fitted: of the draws' own tasks those in other folds. */
  | FoldOptions;

export interface ReservationOutcome extends ReplayOutcome {
  /** One, or one a fold; null = there were no scores of other tasks, and all samples were taken. */
  readonly reservationValues: readonly (number | null)[];
}

export type ReservationPoint = FrontierPoint & ReservationOutcome;

/**
 * Takes samples in order until the best score so far is at least the reservation value: the best rule if samples of all tasks were
 * alike and scores were worth what they say. What has no score is worth 0, so a value of 0 or less stops after the first sample,
 * whatever it is.
 *
 * @param cost see `reservationValue`
 * @throws {RangeError} as drawsByTask and reservationValue; for fewer than 2 folds.
 * @see Weitzman, Optimal Search for the Best Alternative, Econometrica 47 (1979); arXiv 2510.01394
 */
export function replayReservation(
  draws: readonly ReplayedDraw[],
  cost: number,
  calibrate: ReservationCalibration,
): ReservationOutcome {
  return untilReserved(openReplay(draws), cost, calibrationOf(draws, calibrate));
}

/**
 * What each of the costs comes to, beside all samples taken.
 *
 * @throws {RangeError} as replayReservation.
 */
export function reservationFrontier(
  draws: readonly ReplayedDraw[],
  costs: readonly number[],
  calibrate: ReservationCalibration,
): Frontier<ReservationPoint> {
  const replay = openReplay(draws);
  const calibration = calibrationOf(draws, calibrate);
  return {
    full: replayUntil(replay, () => false),
    points: costs.map((setting) => ({ setting, ...untilReserved(replay, setting, calibration) })),
  };
}

/** Scores to learn from, and which of them are for which task. */
interface Calibration {
  readonly scores: readonly (readonly (number | null)[])[];
  readonly placeOf: (taskId: string) => number;
}

function untilReserved(replay: Replay, cost: number, { scores, placeOf }: Calibration): ReservationOutcome {
  const reservationValues = scores.map((known) => reservationValue(known, cost));
  const outcome = replayUntil(replay, ({ answer }, taskId) => {
    const value = reservationValues[placeOf(taskId)] ?? null;
    return value !== null && (answer?.score ?? 0) >= value;
  });
  return { ...outcome, reservationValues };
}

function calibrationOf(draws: readonly ReplayedDraw[], calibrate: ReservationCalibration): Calibration {
  if ('scores' in calibrate) return { scores: [calibrate.scores], placeOf: () => 0 };
  const foldOf = taskFolds(
    draws.map(({ taskId }) => taskId),
    calibrate,
  );
  const placeOf = (taskId: string) => foldOf.get(taskId) as number;
  const scores = Array.from({ length: new Set(foldOf.values()).size }, (_, fold) =>
    draws
      .filter(({ taskId }) => placeOf(taskId) !== fold)
      .flatMap(({ samples }) => samples.map(({ candidate }) => candidate?.score ?? null)),
  );
  return { scores, placeOf };
}
