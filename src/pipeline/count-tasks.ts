import type { Task } from '../contracts/task.ts';
import type { TaskCount } from '../contracts/task-summary.ts';

/** Counts tasks as they come by. */
export interface TaskCounter {
  readonly add: (task: Task) => void;
  /** In the order in which benchmark and language were first seen. */
  readonly counts: () => readonly TaskCount[];
}

export function createTaskCounter(): TaskCounter {
  const groups = new Map<string, TaskCount>();
  return {
    add: ({ benchmark, language, tests, canonical }) => {
      const key = `${benchmark}\0${language}`;
      const known = groups.get(key) ?? { benchmark, language, tasks: 0, withTests: 0, withCanonical: 0 };
      groups.set(key, {
        ...known,
        tasks: known.tasks + 1,
        withTests: known.withTests + Number(tests !== null),
        withCanonical: known.withCanonical + Number(canonical !== null),
      });
    },
    counts: () => [...groups.values()],
  };
}
