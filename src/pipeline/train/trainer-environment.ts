import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodejuryError } from '../../errors.ts';
import { type Environment, environmentValue } from '../../io/environment.ts';
import { resolveHome } from '../../io/home.ts';

/** Names another Python that has the trainer's packages. */
export const PYTHON_VARIABLE = 'CODEJURY_TRAINER_PYTHON';

/** The Python package that trains, as it comes with codejury. */
export function trainerFolder(): string {
  return fileURLToPath(new URL('../../../trainer', import.meta.url));
}

/** What is to be installed for it. */
export function requirementsFile(): string {
  return join(trainerFolder(), 'requirements.txt');
}

/** In a virtual environment that is complete: the requirements it was made for. */
export const MARKER = 'codejury-requirements.txt';

/** The virtual environment that `train --setup` makes. */
export function environmentFolder(env: Environment): string {
  return join(resolveHome(env).cacheDir, 'trainer');
}

/** The Python of a virtual environment. */
export function pythonIn(folder: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/**
 * The Python to train with: `CODEJURY_TRAINER_PYTHON`, else that of the environment that `train --setup` made.
 *
 * @throws {CodejuryError} `not-found` when there is none, or one that was made for another version of codejury.
 */
export async function findTrainerPython(env: Environment): Promise<string> {
  const named = environmentValue(env, PYTHON_VARIABLE);
  if (named !== null) return await requireNamed(named);
  const folder = environmentFolder(env);
  const installed = await readFile(join(folder, MARKER), 'utf8').catch(() => null);
  if (installed === (await readFile(requirementsFile(), 'utf8'))) return pythonIn(folder);
  throw new CodejuryError(
    'not-found',
    installed === null
      ? 'training needs Python packages that are not installed'
      : 'training needs other versions of Python packages than are installed',
    { hint: '`codejury train --setup` installs them; `--method probe` trains without Python' },
  );
}

/** A name without a folder is looked up on the PATH when it is started. */
async function requireNamed(python: string): Promise<string> {
  if (!/[/\\]/.test(python) || (await stat(python).catch(() => null)) !== null) return python;
  throw new CodejuryError('not-found', `${PYTHON_VARIABLE}: there is no ${python}`, {
    hint: 'name a Python that has torch, transformers, trl and peft',
  });
}
