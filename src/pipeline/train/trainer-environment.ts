import { stat } from 'node:fs/promises';
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
 * @throws {CodejuryError} `not-found` when there is none.
 */
export async function findTrainerPython(env: Environment): Promise<string> {
  const named = environmentValue(env, PYTHON_VARIABLE);
  const python = named ?? pythonIn(environmentFolder(env));
  // A name without a folder is looked up on the PATH when it is started.
  if (named !== null && !/[/\\]/.test(named)) return named;
  if ((await stat(python).catch(() => null)) !== null) return python;
  throw new CodejuryError(
    'not-found',
    named === null
      ? 'training needs Python packages that are not installed'
      : `${PYTHON_VARIABLE}: there is no ${named}`,
    {
      hint:
        named === null
          ? '`codejury train --setup` installs them; `--method probe` trains without Python'
          : 'name a Python that has torch, transformers, trl and peft',
    },
  );
}
