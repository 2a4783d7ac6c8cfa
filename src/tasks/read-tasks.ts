import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { readJsonRecords } from '../io/read-json-records.ts';
import { listBundledTasks } from './bundled-tasks.ts';
import { recogniseFormat } from './formats/recognise-format.ts';
import type { TaskFormat } from './formats/task-format.ts';
import { loadTaskFile } from './load-task-file.ts';

export interface ReadTasksOptions {
  /** CoderEval: the folder with the project checkouts; without it its tasks have no tests. */
  readonly projectFolder?: string | null;
}

/**
 * The tasks of a source, one by one in the order they are written: a file of records of any known benchmark (JSON lines, JSON
 * array, `{"RECORDS": […]}`, gzip or not), one task in YAML, a folder of such files, `bundled` or `bundled:<language>`.
 * The format is told by the fields of the first record, then every record is held to it.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file, line and field: what cannot be read, wrong fields, an id that
 * is there twice, no task at all.
 */
export async function* readTasks(source: string, options: ReadTasksOptions = {}): AsyncGenerator<Task> {
  const firstPlace = new Map<string, string>();
  for await (const { task, place, mayRepeat } of tasksOf(source, options)) {
    const first = firstPlace.get(task.id);
    if (first === undefined) {
      firstPlace.set(task.id, place);
      yield task;
    } else if (!mayRepeat) {
      throw new CodejuryError('usage', `${place}: the task ${task.id} is there twice, first at ${first}`, {
        hint: 'remove one of the two',
      });
    }
  }
  if (firstPlace.size === 0) {
    throw new CodejuryError('usage', `${source}: expected tasks, received an empty file or folder`, {
      hint: 'is this the right file, and was it written to the end?',
    });
  }
}

interface PlacedTask {
  readonly task: Task;
  readonly place: string;
  readonly mayRepeat: boolean;
}

async function* tasksOf(source: string, options: ReadTasksOptions): AsyncGenerator<PlacedTask> {
  const [, language] = /^bundled(?::(.+))?$/.exec(source) ?? [source, null];
  if (language !== null) {
    yield* bundledTasks(language);
  } else if (await isFolder(source)) {
    const names = (await readdir(source)).filter((name) =>
      /\.(?:ya?ml|jsonl?|parquet)(?:\.gz)?$/i.test(name),
    );
    for (const name of names.toSorted()) {
      yield* tasksOfFile(join(source, name), options);
    }
  } else {
    yield* tasksOfFile(source, options);
  }
}

async function* bundledTasks(language: string | undefined): AsyncGenerator<PlacedTask> {
  const all = await listBundledTasks();
  const tasks = all.filter((task) => language === undefined || task.language === language);
  if (tasks.length === 0) {
    throw new CodejuryError('not-found', `no bundled tasks in ${JSON.stringify(language)}`, {
      hint: `there are some in ${[...new Set(all.map((task) => task.language))].join(', ')}`,
    });
  }
  yield* tasks.map((task) => ({ task, place: task.id, mayRepeat: false }));
}

async function* tasksOfFile(file: string, options: ReadTasksOptions): AsyncGenerator<PlacedTask> {
  if (/^\.ya?ml$/i.test(extname(file))) {
    yield { task: await loadTaskFile(file), place: file, mayRepeat: false };
    return;
  }
  let format: TaskFormat | null = null;
  for await (const record of readJsonRecords(file)) {
    const place = `${file}:${record.line}`;
    format ??= recogniseFormat(record.value, place);
    const context = { place, file, line: record.line, projectFolder: options.projectFolder ?? null };
    yield { task: await format.toTask(record, context), place, mayRepeat: format.repeatsTasks === true };
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Whoever reads it as a file says what is wrong.
    return false;
  }
}
