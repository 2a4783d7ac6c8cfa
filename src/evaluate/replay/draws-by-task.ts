import type { ReplayedDraw } from './replayed-draw.ts';

/**
 * The draws of each task by ascending repetition, tasks in the order of their ids' code units: sums over them do not depend on
 * the order in which draws come.
 *
 * @throws {RangeError} for a draw that is there twice, a score that is not finite, a cost that is not a finite number from 0 on,
 * and samples of one candidate that say different things of it.
 */
export function drawsByTask(draws: readonly ReplayedDraw[]): ReadonlyMap<string, readonly ReplayedDraw[]> {
  const byTask = new Map<string, Map<number, ReplayedDraw>>();
  for (const draw of draws) {
    const { taskId, repetition } = draw;
    const ofTask = byTask.get(taskId) ?? new Map<number, ReplayedDraw>();
    if (ofTask.has(repetition)) throw new RangeError(`${nameOf(draw)} is there twice`);
    checkDraw(draw);
    byTask.set(taskId, ofTask.set(repetition, draw));
  }
  return new Map(
    [...byTask]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([taskId, ofTask]) => [taskId, [...ofTask.values()].sort((a, b) => a.repetition - b.repetition)]),
  );
}

function checkDraw(draw: ReplayedDraw): void {
  const costs = draw.samples.flatMap(({ cost, candidate }) => [cost, candidate?.judgementCost ?? 0]);
  const wrong = [...costs, draw.large?.cost ?? 0].find(
    (cost) => !(cost >= 0 && cost < Number.POSITIVE_INFINITY),
  );
  if (wrong !== undefined)
    throw new RangeError(`${nameOf(draw)}: expected costs from 0 on, received ${wrong}`);
  const known = new Map<string, string>();
  for (const { candidate } of draw.samples) {
    if (candidate === null) continue;
    const { id, score, passed, meanLogProbability, judgementCost } = candidate;
    if (score !== null && !Number.isFinite(score)) {
      throw new RangeError(`${nameOf(draw)}, candidate ${id}: expected a finite score, received ${score}`);
    }
    const said = [score, passed, meanLogProbability, judgementCost].join(' ');
    if ((known.get(id) ?? said) !== said) {
      throw new RangeError(`${nameOf(draw)}: samples differ in what they say of candidate ${id}`);
    }
    known.set(id, said);
  }
}

function nameOf({ taskId, repetition }: ReplayedDraw): string {
  return `task ${taskId}, repetition ${repetition}`;
}
