import { lstat, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { cannotWrite } from '../../io/cannot-write.ts';
import { errorCode } from '../../io/error-code.ts';
import { temporaryBeside } from '../../io/temporary-beside.ts';

export interface ProjectFile {
  /** Relative to the project, `/` between folders. */
  readonly path: string;
  readonly content: string;
}

/**
 * Makes a folder with these files: first beside it, then renamed, so that it is there with everything or not at all.
 *
 * @throws {CodejuryError} as checkProjectFolder does; `usage` when the disk refuses, `disk-full`.
 */
export async function writeProject(folder: string, files: readonly ProjectFile[]): Promise<void> {
  await checkProjectFolder(folder);
  const temporary = await temporaryBeside(folder);
  try {
    await mkdir(temporary);
    for (const { path, content } of files) {
      await mkdir(dirname(join(temporary, path)), { recursive: true });
      await writeFile(join(temporary, path), content, { flag: 'wx' });
    }
    // Fails for a folder that has been filled meanwhile.
    await rename(temporary, folder);
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    await checkProjectFolder(folder);
    throw cannotWrite(folder, cause);
  }
}

/**
 * Whether there can be a new project: nothing is there, or an empty folder.
 *
 * @throws {CodejuryError} `usage` when something is there, `not-found` when the folder around it is not.
 */
export async function checkProjectFolder(folder: string): Promise<void> {
  const around = await stat(dirname(resolve(folder))).catch(() => null);
  if (around?.isDirectory() !== true) {
    throw new CodejuryError('not-found', `there is no folder ${dirname(folder)}`, { hint: 'make it first' });
  }
  if (resolve(folder) === process.cwd()) {
    throw new CodejuryError('usage', `${folder}: expected a new folder, received the one you are in`, {
      hint: 'name one inside it, for example my-language',
    });
  }
  if (await isFree(folder)) return;
  throw new CodejuryError('usage', `${folder} is there already`, {
    hint: 'nothing is overwritten: choose another name, or move it away',
  });
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await lstat(folder)).isDirectory() && (await readdir(folder)).length === 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
    throw cannotWrite(folder, error);
  }
}
