import { describe, expect, it } from 'vitest';
import { replayReservation, reservationFrontier } from './replay-reservation.ts';
import { replayThreshold } from './replay-threshold.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/** All candidates pass whose score is above one half. */
const draw = (taskId: string, scores: readonly (number | null)[]): ReplayedDraw => ({
  ...{ taskId, repetition: 0, large: null },
  samples: scores.map((score, index) => ({
    cost: 1,
    candidate: score === null ? null : candidate(`candidate ${index}`, score),
  })),
});
const candidate = (id: string, score: number) => ({
  ...{ id, score, meanLogProbability: null, passed: score > 0.5, judgementCost: 0 },
});

const known = { scores: [0, 0.5, 1] };

describe('replayReservation', () => {
  it('stops when the best so far is worth at least the reservation value', () => {
    // 0.1 a sample: z = 0.7.
    const outcome = replayReservation([draw('t', [0.6, null, 0.75, 0.9])], 0.1, known);
    expect(outcome).toMatchObject({ passAt1: 1, meanSamples: 3, meanCost: 3 });
    expect(outcome.reservationValues).toEqual([expect.closeTo(0.7, 12)]);
  });

  it('takes one sample where none is worth its cost, and all where the best is not reached', () => {
    expect(replayReservation([draw('t', [null, 0.9])], 0.5, known)).toMatchObject({
      passAt1: 0,
      meanSamples: 1,
    });
    expect(replayReservation([draw('t', [0.2, 0.9])], 5, known)).toMatchObject({ meanSamples: 1 });
    expect(replayReservation([draw('t', [0.9, 0.95])], 0, known)).toMatchObject({ meanSamples: 2 });
    expect(replayReservation([draw('t', [1, 1])], 0, known)).toMatchObject({ meanSamples: 1 });
  });

  it('is a threshold where its value is above 0', () => {
    const draws = [draw('a', [0.1, 0.8, 0.9]), draw('b', [0.4, 0.5, 0.6]), draw('c', [null, null])];
    for (const cost of [0.01, 0.1, 0.2, 0.3]) {
      const { reservationValues, ...outcome } = replayReservation(draws, cost, known);
      expect(outcome).toEqual(replayThreshold(draws, reservationValues[0] as number));
    }
  });

  it('learns the value for a task from tasks of other folds alone', () => {
    // Of sure and unsure tasks, one each: each gets the value of the other.
    const draws = [draw('sure', [0.5, 0.9]), draw('unsure', [0.1, 0.3])];
    const outcome = replayReservation(draws, 0, { folds: 2, seed: 1 });
    expect(outcome.reservationValues.toSorted()).toEqual([0.3, 0.9]);
    expect(outcome.byTask.get('sure')).toMatchObject({ samples: 1 });
    expect(outcome.byTask.get('unsure')).toMatchObject({ samples: 2 });
    expect(replayReservation(draws.toReversed(), 0, { folds: 2, seed: 1 })).toEqual(outcome);
  });

  it('keeps tasks of one problem in one fold', () => {
    const draws = [draw('a', [0.5, 0.9]), draw('b', [0.5, 0.9]), draw('c', [0.1, 0.3])];
    const problems = new Map([
      ['a', 'p'],
      ['b', 'p'],
    ]);
    const { byTask, reservationValues } = replayReservation(draws, 0, { folds: 3, seed: 1, problems });
    expect(reservationValues).toHaveLength(2);
    expect([...byTask.values()].map(({ samples }) => samples)).toEqual([1, 1, 2]);
  });

  it('takes all samples where there are no other tasks, and knows nothing without draws', () => {
    const alone = replayReservation([draw('t', [1, 1])], 0.5, { folds: 5, seed: 1 });
    expect(alone).toMatchObject({ meanSamples: 2, reservationValues: [null] });
    expect(replayReservation([draw('t', [1, 1])], 0.5, { scores: [] })).toMatchObject({ meanSamples: 2 });
    expect(replayReservation([], 0.5, { folds: 5, seed: 1 })).toMatchObject({
      passAt1: null,
      reservationValues: [],
    });
    expect(() => replayReservation([], 0.5, { folds: 1, seed: 1 })).toThrow('at least 2 folds');
  });
});

describe('reservationFrontier', () => {
  it('takes fewer samples at a higher cost', () => {
    const draws = [draw('a', [0.1, 0.3, 0.8, 1]), draw('b', [0.4, 0.7, 0.2, 0.9])];
    const { full, points } = reservationFrontier(draws, [0, 0.05, 0.2, 0.5], { folds: 2, seed: 1 });
    const samples = points.map(({ meanSamples }) => meanSamples as number);
    expect(full).toMatchObject({ meanSamples: 4, passAt1: 1 });
    expect(samples).toEqual(samples.toSorted((a, b) => b - a));
    expect(samples.at(-1)).toBeLessThan(samples[0] as number);
    expect(points[1]).toEqual({
      setting: 0.05,
      ...replayReservation(draws, 0.05, { folds: 2, seed: 1 }),
    });
  });
});
