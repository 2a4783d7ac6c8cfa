import { drawsByTask } from './draws-by-task.ts';
import { type ReplayStep, replaySteps } from './replay-steps.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/** Means over a task's repetitions. */
export interface TaskReplay {
  /** Share of the repetitions whose answer passes. */
  readonly passed: number;
  readonly samples: number;
  readonly cost: number;
}

/** What a rule of stopping comes to. Means are over tasks, of each the mean over its repetitions; null without draws. */
export interface ReplayOutcome {
  readonly passAt1: number | null;
  readonly meanSamples: number | null;
  readonly meanCost: number | null;
  /** By id, in the order of ids. */
  readonly byTask: ReadonlyMap<string, TaskReplay>;
}

/** A rule of stopping and what it comes to. */
export interface FrontierPoint extends ReplayOutcome {
  /** The threshold, the cost that the reservation value answers to, or the budget. */
  readonly setting: number;
}

export interface Frontier<Point extends FrontierPoint = FrontierPoint> {
  /** All samples taken: what the others are compared with. */
  readonly full: ReplayOutcome;
  /** In the order of the settings given. */
  readonly points: readonly Point[];
}

/** What each draw of each task goes through, worked out once for all rules that are tried. */
export type Replay = ReadonlyMap<string, readonly (readonly ReplayStep[])[]>;

/** @throws {RangeError} as drawsByTask. */
export function openReplay(draws: readonly ReplayedDraw[]): Replay {
  return new Map([...drawsByTask(draws)].map(([taskId, ofTask]) => [taskId, ofTask.map(replaySteps)]));
}

/** Takes the samples of each draw in order until `stops` says so or there are no more; at least one, where there is one. */
export function replayUntil(
  replay: Replay,
  stops: (step: ReplayStep, taskId: string) => boolean,
): ReplayOutcome {
  const byTask = new Map<string, TaskReplay>();
  for (const [taskId, draws] of replay) {
    const last = draws.map((steps) => steps.find((step) => stops(step, taskId)) ?? steps.at(-1));
    byTask.set(taskId, {
      passed: mean(last.map((step) => (step?.answer?.passed === true ? 1 : 0))) ?? 0,
      samples: mean(last.map((step) => step?.samples ?? 0)) ?? 0,
      cost: mean(last.map((step) => step?.cost ?? 0)) ?? 0,
    });
  }
  return outcomeOf(byTask);
}

/** The means over these tasks. */
export function outcomeOf(byTask: ReadonlyMap<string, TaskReplay>): ReplayOutcome {
  const over = (of: (task: TaskReplay) => number) => mean([...byTask.values()].map(of));
  return {
    passAt1: over(({ passed }) => passed),
    meanSamples: over(({ samples }) => samples),
    meanCost: over(({ cost }) => cost),
    byTask,
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
