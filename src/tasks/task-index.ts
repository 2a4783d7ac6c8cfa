import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { nearest } from '../util/nearest.ts';
import { languageIdOf } from './builtin-language.ts';

/** Tasks by every name that a file of samples may use for them. */
export interface TaskIndex {
  readonly tasks: readonly Task[];
  readonly get: (id: string) => Task | null;
  /**
   * The task that a sample means: by its id, the benchmark's own id, or the last part of the id where only one task has it.
   *
   * @param language narrows the choice where tasks of several languages share the name
   * @param place named first in messages
   * @throws {CodejuryError} `usage`, naming the nearest, when no task or more than one has that name.
   */
  readonly resolve: (name: string, language: string | null, place: string) => Task;
}

/** An index of the tasks; of equal ids the last counts. */
export function createTaskIndex(tasks: Iterable<Task>): TaskIndex {
  const byId = new Map<string, Task>();
  for (const task of tasks) {
    byId.set(task.id, task);
  }
  const all = [...byId.values()];
  const bySource = Map.groupBy(all, ({ metadata }) => String(metadata.sourceId ?? ''));
  const byLast = Map.groupBy(all, ({ id }) => lastPart(id));

  return {
    tasks: all,
    get: (id) => byId.get(id) ?? null,
    resolve: (name, language, place) => {
      const exact = byId.get(name);
      if (exact !== undefined) {
        return exact;
      }
      const named = bySource.get(name) ?? byLast.get(lastPart(name)) ?? [];
      const wanted = language === null ? null : languageIdOf(language);
      const found = wanted === null ? named : named.filter((task) => task.language === wanted);
      const [only, ...others] = found;
      if (only !== undefined && others.length === 0) {
        return only;
      }
      throw only === undefined
        ? unknownTask(name, wanted, all, place)
        : new CodejuryError(
            'usage',
            `${place}: the task ${JSON.stringify(name)} may be any of ${found.map(({ id }) => id).join(', ')}`,
            { hint: 'write one of these ids, or give fewer files of tasks' },
          );
    },
  };
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function unknownTask(
  name: string,
  language: string | null,
  tasks: readonly Task[],
  place: string,
): CodejuryError {
  // Every way to write a task, and what it stands for.
  const written = new Map(
    tasks.flatMap(({ id, metadata }) =>
      [lastPart(id), String(metadata.sourceId ?? id), id].map((text) => [text, id]),
    ),
  );
  const near = nearest(name, [...written.keys()]);
  const meant = near === null ? null : written.get(near);
  const among = `${tasks.length} tasks${language === null ? '' : ` in ${language}`}`;
  return new CodejuryError('usage', `${place}: expected one of ${among}, received ${JSON.stringify(name)}`, {
    hint: meant == null ? 'do samples and tasks belong together?' : `did you mean ${meant}?`,
  });
}
