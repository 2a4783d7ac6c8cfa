import { realpathSync, statSync } from 'node:fs';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { findOnPath } from '../find-on-path.ts';
import { findPython } from '../find-python.ts';
import { resolveLimits } from '../limits.ts';
import type { ReadOnlyBind, Sandbox } from '../sandbox.ts';

/** A program as the sandbox sees it. */
export interface LocatedProgram {
  readonly path: string;
  /** What must be shown beside the system's folders. */
  readonly readOnlyBinds: readonly ReadOnlyBind[];
  /** Changes when the program does; empty for what a compiler makes. */
  readonly identity: string;
}

const TRIAL_TIME_MS = 10_000;

/**
 * Finds a command's program: where an absolute path says, else on `env`'s PATH and in the system's folders, links followed. It
 * was seen inside the sandbox when this resolves. `python3` is the one that runs Python candidates, see findPython.
 *
 * @throws {CodejuryError} `sandbox` when it is not there, or not for the sandbox's user.
 */
export async function locateProgram(
  name: string,
  sandbox: Sandbox,
  env: Environment,
): Promise<LocatedProgram> {
  if (name.startsWith('./')) return { path: name, readOnlyBinds: [], identity: '' };
  if (name === 'python3') {
    const { executable, readOnlyBinds, version } = await findPython(sandbox);
    return { path: executable, readOnlyBinds, identity: `${executable} ${version}` };
  }
  const found = name.startsWith('/') ? name : findOnPath(name, env);
  const located = found === null ? 'not found' : locate(found, sandbox);
  const problem = typeof located === 'string' ? located : await problemInside(located, sandbox);
  if (typeof located !== 'string' && problem === null) return located;
  throw new CodejuryError('sandbox', `${found ?? name}: ${problem}`, {
    hint: `install ${name} for all users, for example below /usr, or deliver it with \`files\``,
  });
}

function locate(found: string, sandbox: Sandbox): LocatedProgram | string {
  try {
    const path = realpathSync(found);
    const { size, mtimeMs } = statSync(path);
    const isVisible = sandbox.kind === 'none' || path.startsWith('/usr/');
    return {
      path,
      readOnlyBinds: isVisible ? [] : [{ source: path, target: path }],
      identity: `${path} ${size} ${mtimeMs}`,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function problemInside(
  { path, readOnlyBinds }: LocatedProgram,
  sandbox: Sandbox,
): Promise<string | null> {
  const result = await sandbox.run({
    argv: ['/bin/sh', '-c', '[ -f "$1" ] && [ -x "$1" ]', 'sh', path],
    readOnlyBinds,
    limits: resolveLimits({ wallTimeMs: TRIAL_TIME_MS }),
    signal: new AbortController().signal,
  });
  if (result.exitCode === 0) return null;
  const said = result.stderr.toString().trim().split('\n').at(-1);
  return said || "the sandbox's user may not execute it";
}
