import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { nearest } from '../util/nearest.ts';
import { languageIdOf } from './builtin-language.ts';

/** Tasks by every name that a file of samples may use for them. */
export interface TaskIndex {
  readonly tasks: readonly Task[];
  readonly get: (id: string) => Task | null;
  /**
   * The task that a name means: its id, the benchmark's own id, or the last part of either, alone or behind the benchmark's name
   * (`MBPP/2`), where only one task has it.
   *
   * @param language narrows the choice where tasks of several languages share the name
   * @param place named first in messages
   * @param hint what to do about a name that comes near to none
   * @throws {CodejuryError} `usage`, naming the nearest, when no task or more than one has that name.
   */
  readonly resolve: (name: string, language: string | null, place: string, hint?: string) => Task;
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
    resolve: (name, language, place, hint = 'is it of another file of tasks?') => {
      const exact = byId.get(name);
      if (exact !== undefined) {
        return exact;
      }
      const named =
        bySource.get(name) ?? byLast.get(lastPart(name))?.filter((task) => isPrefixOf(task, name)) ?? [];
      const wanted = language === null ? null : languageIdOf(language);
      const found = wanted === null ? named : named.filter((task) => task.language === wanted);
      const [only, ...others] = found;
      if (only !== undefined && others.length === 0) {
        return only;
      }
      throw only === undefined
        ? unknownTask(name, wanted, all, place, hint)
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

/** Whether what stands before the last part of a name may stand before this task: samples of HumanEval/2 are none of MBPP/2. */
function isPrefixOf({ id, benchmark, language, metadata }: Task, name: string): boolean {
  const prefix = (text: string) => text.slice(0, -lastPart(text).length);
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const known = [benchmark, benchmark + language, prefix(id), prefix(String(metadata.sourceId ?? ''))];
  return prefix(name) === '' || known.map(letters).includes(letters(prefix(name)));
}

function unknownTask(
  name: string,
  language: string | null,
  tasks: readonly Task[],
  place: string,
  hint: string,
): CodejuryError {
  // Every way to write a task, and what it stands for.
  const written = new Map(
    tasks.flatMap(({ id, metadata }) =>
      [lastPart(id), String(metadata.sourceId ?? id), id].map((text) => [text, id]),
    ),
  );
  // The number next to a number is another task, not a slip.
  const near = /\d$/.test(name) ? null : nearest(name, [...written.keys()]);
  const meant = near === null ? null : written.get(near);
  const among = `${tasks.length} tasks${language === null ? '' : ` in ${language}`}`;
  return new CodejuryError('usage', `${place}: expected one of ${among}, received ${JSON.stringify(name)}`, {
    hint: meant == null ? hint : `did you mean ${meant}?`,
  });
}
