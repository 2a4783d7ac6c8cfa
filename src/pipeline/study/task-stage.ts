import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { hashJson } from '../../util/hash.ts';
import { openTasks } from '../open-tasks.ts';
import { resolveFrom } from '../read-team.ts';
import type { Stage } from './stage.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';

/** The tasks of the study, in one file. */
export function taskStage(study: StudyRun): Stage {
  return {
    id: 'tasks',
    title: 'tasks',
    needs: [],
    uses: [],
    files: [STUDY_FILES.tasks],
    inputs: async () => ({ tasks: (await readStudyTasks(study)).map(hashJson) }),
    run: async () => {
      const tasks = await readStudyTasks(study);
      await writeLinesAtomically(
        join(study.out, STUDY_FILES.tasks),
        tasks.map((task) => JSON.stringify(task)),
      );
      return { tasks: tasks.length };
    },
  };
}

/** @throws {CodejuryError} as readTasks; `usage` for a task without tests, which nobody can be measured by. */
export async function readStudyTasks({ config, folder, env }: StudyRun): Promise<readonly Task[]> {
  const sources = await Promise.all(config.tasks.map((source) => locate(source, folder)));
  const tasks: Task[] = [];
  for await (const task of openTasks(sources, { env })) {
    if (config.maxTasks !== null && tasks.length === config.maxTasks) break;
    tasks.push(task);
  }
  const untested = tasks.find(({ tests }) => tests === null);
  if (untested !== undefined) {
    throw new CodejuryError('usage', `task ${untested.id} has no tests: nothing can be measured by it`, {
      hint: 'name tasks with tests',
    });
  }
  return tasks;
}

/** A path from the study's folder on, or a name such as `bundled:python`. */
async function locate(source: string, folder: string): Promise<string> {
  const path = resolveFrom(folder, source);
  return (await stat(path).catch(() => null)) === null ? source : path;
}
