import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { errorCode } from '../io/error-code.ts';
import { readRecords } from '../io/read-records.ts';
import { nearest } from '../util/nearest.ts';
import { BENCHMARKS, benchmarkFilePath, findBenchmark } from './benchmarks.ts';
import { listBundledTaskIds, listBundledTasks, matchBundledId } from './bundled-tasks.ts';
import { bundledTasksFolder } from './bundled-tasks-folder.ts';
import { recogniseFormat } from './formats/recognise-format.ts';
import type { TaskFormat } from './formats/task-format.ts';
import { loadTaskFile } from './load-task-file.ts';

export interface ReadTasksOptions {
  /** CoderEval: the folder with the project checkouts; without it its tasks have no tests. */
  readonly projectFolder?: string | null;
  /** The folder with the benchmarks that were pulled; without it none is found by its name. */
  readonly benchmarksFolder?: string | null;
}

/**
 * The tasks of a source, one by one in the order they are written: a file of records of any known benchmark (JSON lines, JSON
 * array, `{"RECORDS": […]}`, Parquet; gzip or not), one task in YAML, a folder of such files, the name of a pulled benchmark,
 * a bundled task, `bundled` or `bundled:<language>`; of several sources one after the other. The format is told by the fields
 * of the first record, then every record is held to it.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file, line and field: what cannot be read, wrong fields, an id that
 * is there twice, no task at all.
 */
export async function* readTasks(
  sources: string | readonly string[],
  options: ReadTasksOptions = {},
): AsyncGenerator<Task> {
  const firstPlace = new Map<string, string>();
  for (const source of [sources].flat()) yield* tasksNotIn(firstPlace, source, options);
}

async function* tasksNotIn(
  firstPlace: Map<string, string>,
  source: string,
  options: ReadTasksOptions,
): AsyncGenerator<Task> {
  let isEmpty = true;
  for await (const { task, place, mayRepeat } of tasksOf(source, options)) {
    isEmpty = false;
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
  if (isEmpty) {
    throw new CodejuryError('usage', `${source}: expected tasks, received an empty file or folder`, {
      hint: 'is this the right file, and was it written to the end?',
    });
  }
}

/** Files of a folder that may hold tasks. */
const TASK_FILE = /\.(?:ya?ml|jsonl?|parquet)(?:\.gz)?$/i;

interface PlacedTask {
  readonly task: Task;
  readonly place: string;
  readonly mayRepeat: boolean;
}

async function* tasksOf(source: string, options: ReadTasksOptions): AsyncGenerator<PlacedTask> {
  const bundled = /^bundled(?::(?<language>.+))?$/.exec(source);
  if (bundled !== null) {
    yield* bundledTasks(bundled.groups?.language);
    return;
  }
  for (const file of (await filesAt(source)) ?? (await filesNamed(source, options))) {
    yield* tasksOfFile(file, options);
  }
}

/** The file of that path, or the files in the folder of that path; null when nothing is there. */
async function filesAt(path: string): Promise<readonly string[] | null> {
  try {
    if (!(await stat(path)).isDirectory()) {
      return [path];
    }
    const names = (await readdir(path)).filter((name) => TASK_FILE.test(name));
    return names.toSorted().map((name) => join(path, name));
  } catch (error) {
    // What is there but out of reach: reading it says why.
    return errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR' ? null : [path];
  }
}

/** The files of a pulled benchmark, or the file of a bundled task. */
async function filesNamed(name: string, { benchmarksFolder }: ReadTasksOptions): Promise<readonly string[]> {
  const ids = matchBundledId(name, await listBundledTaskIds());
  if (ids.length > 0) {
    return ids.map((id) => join(bundledTasksFolder(), `${id}.yaml`));
  }
  const entry = findBenchmark(name);
  if (entry === null) {
    const meant = nearest(name, [...BENCHMARKS.map((known) => known.name), 'bundled']);
    throw new CodejuryError('not-found', `${name}: no such file, folder or benchmark`, {
      hint:
        meant === null
          ? 'is the path right? `codejury tasks list` shows the benchmarks'
          : `did you mean ${meant}?`,
    });
  }
  const files = entry.files.map((file) => benchmarkFilePath(benchmarksFolder ?? '', entry, file));
  const isHere = await Promise.all(files.map((file) => filesAt(file)));
  if (benchmarksFolder == null || isHere.includes(null)) {
    throw new CodejuryError('not-found', `the benchmark ${entry.name} is not on this machine`, {
      hint: `\`codejury tasks pull ${entry.name}\` gets it`,
    });
  }
  return files;
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
  const filesBelow = folderLister();
  for await (const record of readRecords(file)) {
    const place = `${file}:${record.line}`;
    format ??= recogniseFormat(record.value, place);
    const { projectFolder = null } = options;
    const context = { place, file, line: record.line, projectFolder, filesBelow };
    yield { task: await format.toTask(record, context), place, mayRepeat: format.repeatsTasks === true };
  }
}

/** Lists the files below a folder, each folder once: a project has thousands, and hundreds of tasks. */
function folderLister(): (folder: string) => Promise<readonly string[]> {
  const known = new Map<string, Promise<readonly string[]>>();
  const list = async (folder: string): Promise<readonly string[]> => {
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') {
        return [];
      }
      throw error;
    }
  };
  return (folder) => {
    const files = known.get(folder) ?? list(folder);
    known.set(folder, files);
    return files;
  };
}
