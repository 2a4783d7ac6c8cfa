import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { hashJson } from '../../util/hash.ts';
import { openTasks } from '../open-tasks.ts';
import { readDatasetTasks } from '../read-dataset-lines.ts';
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

/**
 * @throws {CodejuryError} as readTasks; `usage` for a split of what is no dataset or has no such task, and for a task without tests, which
 * nobody can be measured by.
 */
export async function readStudyTasks(study: StudyRun): Promise<readonly Task[]> {
  const { maxTasks, split } = study.config;
  const tasks: Task[] = [];
  for await (const line of studyTasks(study)) {
    if (maxTasks !== null && tasks.length === maxTasks) break;
    if (line.split === split) tasks.push(line.task);
  }
  if (tasks.length === 0) {
    throw new CodejuryError('usage', `${study.config.tasks.join(', ')}: no task in the split ${split}`, {
      hint: '`codejury dataset build --split 7:1:2` divides them',
    });
  }
  const untested = tasks.find(({ tests }) => tests === null);
  if (untested !== undefined) {
    throw new CodejuryError('usage', `task ${untested.id} has no tests: nothing can be measured by it`, {
      hint: 'name tasks with tests',
    });
  }
  return tasks;
}

/** All that `tasks` of the config names, also what `split` and `maxTasks` leave out. */
export async function* studyTasks({
  config,
  folder,
  env,
}: StudyRun): AsyncGenerator<{ readonly task: Task; readonly split: string | null }> {
  const { split } = config;
  if (split === null) {
    const sources = await Promise.all(config.tasks.map((source) => locate(source, folder)));
    for await (const task of openTasks(sources, { env })) yield { task, split };
    return;
  }
  for (const source of config.tasks) {
    const dataset = resolveFrom(folder, source);
    if ((await stat(join(dataset, 'data-card.json')).catch(() => null)) === null) {
      throw new CodejuryError('usage', `split: ${split}: ${source} is no dataset`, {
        hint: 'with a split, tasks names the folders of datasets that `codejury dataset build` made',
      });
    }
    yield* readDatasetTasks(dataset);
  }
}

/** A path from the study's folder on, or a name such as `bundled:python`. */
async function locate(source: string, folder: string): Promise<string> {
  const path = resolveFrom(folder, source);
  return (await stat(path).catch(() => null)) === null ? source : path;
}
