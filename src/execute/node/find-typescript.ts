import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { type Environment, environmentValue } from '../../io/environment.ts';
import { errorCode } from '../../io/error-code.ts';

/** A TypeScript compiler with an interface for programs. */
export interface TypeScript {
  /** For example `5.9.3`. */
  readonly version: string;
  /** The compiler, a CommonJS module in one file. */
  readonly source: Buffer;
  /** Its declarations of the language: names and contents. */
  readonly libraries: readonly (readonly [name: string, content: Buffer])[];
}

/** Variable with the folder of a `typescript` package to use instead of the one that is installed. */
export const TYPESCRIPT_VARIABLE = 'CODEJURY_TYPESCRIPT';

/** The names it may be installed under: from version 7 on, `typescript` is a program without such an interface. */
const PACKAGES = ['typescript5', 'typescript'];

/**
 * The compiler of `CODEJURY_TYPESCRIPT` if set, else the first package of that kind among those installed beside codejury and
 * in the current folder; null when there is none.
 *
 * @throws {CodejuryError} `usage` when the variable names a folder without one.
 */
export async function findTypescript(env: Environment, currentFolder: string): Promise<TypeScript | null> {
  const named = environmentValue(env, TYPESCRIPT_VARIABLE);
  if (named !== null) {
    const found = await readCompiler(named);
    if (found !== null) return found;
    throw new CodejuryError('usage', `${TYPESCRIPT_VARIABLE}: there is no TypeScript compiler in ${named}`, {
      hint: 'give the folder of the npm package typescript, version 4.9 to 6, which has lib/typescript.js',
    });
  }
  const places = [import.meta.url, path.join(currentFolder, 'package.json')].map((from) =>
    createRequire(from),
  );
  for (const name of PACKAGES) {
    for (const place of places) {
      const folder = packageFolder(place, name);
      const found = folder === null ? null : await readCompiler(folder);
      if (found !== null) return found;
    }
  }
  return null;
}

function packageFolder(place: NodeJS.Require, name: string): string | null {
  try {
    return path.dirname(place.resolve(`${name}/package.json`));
  } catch (error) {
    if (errorCode(error) === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

async function readCompiler(folder: string): Promise<TypeScript | null> {
  const lib = path.join(folder, 'lib');
  try {
    const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    const source = await readFile(path.join(lib, 'typescript.js'));
    const names = (await readdir(lib)).filter((name) => /^lib\..*\.d\.ts$/.test(name)).sort();
    const libraries = await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(lib, name))] as const),
    );
    return { version, source, libraries };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
