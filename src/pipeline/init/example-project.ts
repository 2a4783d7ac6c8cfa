import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodejuryError } from '../../errors.ts';
import type { ProjectFile } from './write-project.ts';

/** What every project has, whatever its language. */
const SHARED_FILES = ['team.yaml', 'study.yaml'];

/** Named one by one: whoever tries the commands of the example in place leaves other files there. */
const FILES = ['README.md', 'language.yaml', 'language.md', 'example.yaml', 'rulescript.py', 'samples.jsonl'];

/**
 * All files of the example project.
 *
 * @throws {CodejuryError} `not-found` when the installation lacks it.
 */
export async function exampleProject(): Promise<ProjectFile[]> {
  const tasks = (await fromExample((folder) => readdir(join(folder, 'tasks')))).toSorted();
  return readFiles([...FILES, ...SHARED_FILES, ...tasks.map((name) => `tasks/${name}`)]);
}

/** Team and study. @throws {CodejuryError} as exampleProject does. */
export async function sharedFiles(): Promise<ProjectFile[]> {
  return readFiles(SHARED_FILES);
}

function readFiles(paths: readonly string[]): Promise<ProjectFile[]> {
  return fromExample((folder) =>
    Promise.all(paths.map(async (path) => ({ path, content: await readFile(join(folder, path), 'utf8') }))),
  );
}

async function fromExample<T>(read: (folder: string) => Promise<T>): Promise<T> {
  // This module sits three folders below the package in both `src/` and `dist/`.
  const folder = fileURLToPath(new URL('../../../examples/private-language', import.meta.url));
  try {
    return await read(folder);
  } catch (cause) {
    throw new CodejuryError('not-found', `${folder}: the example project is not there`, {
      hint: 'the installation is incomplete; install codejury again',
      cause,
    });
  }
}
