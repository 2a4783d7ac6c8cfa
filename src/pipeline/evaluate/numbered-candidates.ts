/** Candidates of all tasks, numbered from 0 in the order in which they come: a million of them in little memory. */
export interface NumberedCandidates {
  /** Of a candidate, a new one if it is unknown so far. */
  readonly numberOf: (taskId: string, candidateId: string) => number;
  /** The same; undefined if it is unknown. */
  readonly find: (taskId: string, candidateId: string) => number | undefined;
  readonly taskIds: readonly string[];
  readonly candidateIds: readonly string[];
}

export function numberCandidates(): NumberedCandidates {
  const ofTask = new Map<string, { readonly taskId: string; readonly numbers: Map<string, number> }>();
  const taskIds: string[] = [];
  const candidateIds: string[] = [];
  return {
    ...{ taskIds, candidateIds },
    find: (taskId, candidateId) => ofTask.get(taskId)?.numbers.get(candidateId),
    numberOf: (taskId, candidateId) => {
      // The first text of an id stays, not one more of each line.
      const task = ofTask.get(taskId) ?? { taskId, numbers: new Map<string, number>() };
      if (task.numbers.size === 0) ofTask.set(taskId, task);
      const known = task.numbers.get(candidateId);
      if (known !== undefined) return known;
      const number = candidateIds.push(candidateId) - 1;
      taskIds.push(task.taskId);
      task.numbers.set(candidateId, number);
      return number;
    },
  };
}
