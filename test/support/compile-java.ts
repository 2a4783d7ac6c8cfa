import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../../src/execute/sandbox/find-on-path.ts';

const TIMEOUT_MS = 60_000;

const javac = findOnPath('javac', process.env);

/** Why Java cannot be compiled on this machine; null where it can. */
export const javaProblem = javac === null ? 'no javac' : null;

/** A title that says why the tests below it are skipped, where they are. */
export function titledJava(title: string): string {
  return javaProblem === null ? title : `${title} (skipped: ${javaProblem})`;
}

export interface CompiledClass {
  /** With dots. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** The classes that javac makes of source files (path to text), sorted by name. */
export async function compileJava(
  files: Readonly<Record<string, string>>,
  classPath = '',
): Promise<CompiledClass[]> {
  const folder = await mkdtemp(join(tmpdir(), 'codejury-javac-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    const flags = [
      '-nowarn',
      '-proc:none',
      '-encoding',
      'UTF-8',
      '-cp',
      classPath,
      '-d',
      join(folder, 'out'),
    ];
    // The names of class files are written in the encoding of the locale.
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    await promisify(execFile)(javac ?? 'javac', [...flags, ...Object.keys(files)], {
      cwd: folder,
      env,
      timeout: TIMEOUT_MS,
    });
    const made = await readdir(join(folder, 'out'), { recursive: true });
    // Awaited here: the folder goes when this block ends.
    return await Promise.all(
      made
        .filter((file) => file.endsWith('.class'))
        .sort()
        .map(async (file) => ({
          name: file.slice(0, -'.class'.length).replaceAll('/', '.'),
          bytes: await readFile(join(folder, 'out', file)),
        })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
