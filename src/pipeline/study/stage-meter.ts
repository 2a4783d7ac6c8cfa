import type { StageProgress } from './stage.ts';

/** Work that was really done, and the time it took. */
export interface MeasuredWork {
  readonly done: number;
  readonly seconds: number;
}

export interface StageMeter {
  readonly update: (progress: StageProgress) => void;
  /** What was measured, by the name of the work: that with at least one unit. */
  readonly measured: () => Readonly<Record<string, MeasuredWork>>;
}

interface Span {
  readonly fromMs: number;
  readonly fromDone: number;
  toMs: number;
  toDone: number;
}

/**
 * Measures the work of a stage between the first and the last report of each kind: what comes before, such as loading a model, does not
 * count, nor does what was on record.
 *
 * @param now in milliseconds; only differences matter
 */
export function createStageMeter(now: () => number = () => performance.now()): StageMeter {
  const spans = new Map<string, Span>();
  return {
    update: ({ what, done, reused = 0 }) => {
      const atMs = now();
      const fresh = done - reused;
      const span = spans.get(what);
      if (span === undefined) {
        spans.set(what, { fromMs: atMs, fromDone: fresh, toMs: atMs, toDone: fresh });
        return;
      }
      span.toMs = atMs;
      span.toDone = fresh;
    },
    measured: () =>
      Object.fromEntries(
        [...spans]
          .map(([what, { fromMs, fromDone, toMs, toDone }]): [string, MeasuredWork] => [
            what,
            { done: toDone - fromDone, seconds: (toMs - fromMs) / 1000 },
          ])
          .filter(([, { done }]) => done > 0),
      ),
  };
}
