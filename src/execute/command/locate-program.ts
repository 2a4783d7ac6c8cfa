import { realpathSync, statSync } from 'node:fs';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { resolveLimits } from '../limits.ts';
import { findNode } from '../node/find-node.ts';
import { findPython } from '../python/find-python.ts';
import { IMAGE_VARIABLE } from '../sandbox/container/container-engine.ts';
import { findInImage } from '../sandbox/container/find-in-image.ts';
import { findOnPath } from '../sandbox/find-on-path.ts';
import type { ReadOnlyBind, Sandbox, SandboxResult } from '../sandbox/sandbox.ts';

/** A program as the sandbox sees it. */
export interface LocatedProgram {
  readonly path: string;
  /** What must be shown beside the system's folders. */
  readonly readOnlyBinds: readonly ReadOnlyBind[];
  /** Changes when the program does; empty for what a compiler makes. */
  readonly identity: string;
  /** Removes what was made to show it. */
  close(): void;
}

const TRIAL_TIME_MS = 10_000;

const nothing = () => undefined;

/**
 * Finds a command's program: where an absolute path says, else on `env`'s PATH and in the system's folders, links followed. It
 * was seen inside the sandbox when this resolves. `python3` and `node` are those that run Python's and JavaScript's candidates, see
 * findPython and findNode.
 *
 * @throws {CodejuryError} `sandbox` when it is not there, or not for the sandbox's user.
 */
export async function locateProgram(
  name: string,
  sandbox: Sandbox,
  env: Environment,
): Promise<LocatedProgram> {
  if (name.startsWith('./')) return { path: name, readOnlyBinds: [], identity: '', close: nothing };
  if (name === 'python3') {
    const { executable, readOnlyBinds, version } = await findPython(sandbox);
    return { path: executable, readOnlyBinds, identity: `${executable} ${version}`, close: nothing };
  }
  if (name === 'node') {
    const { executable, readOnlyBinds, version, close } = await findNode(sandbox);
    return { path: executable, readOnlyBinds, identity: `${executable} ${version}`, close };
  }
  if (sandbox.kind === 'container') return locateInImage(name, sandbox);
  const found = name.startsWith('/') ? name : findOnPath(name, env);
  const located = found === null ? 'not found' : locate(found, sandbox);
  const problem = typeof located === 'string' ? located : await problemInside(located, sandbox);
  if (typeof located !== 'string' && problem === null) return located;
  throw new CodejuryError('sandbox', `${found ?? name}: ${problem}`, {
    hint: `install ${name} for all users, for example below /usr, or deliver it with \`files\``,
  });
}

/**
 * A folder that a configuration wants to be seen inside.
 *
 * @throws {CodejuryError} `sandbox` when the sandbox's user cannot look into it.
 */
export async function showFolder(folder: string, sandbox: Sandbox): Promise<readonly ReadOnlyBind[]> {
  if (sandbox.kind === 'none') return [];
  const binds = [{ source: folder, target: folder }];
  const { exitCode, stderr } = await ask(sandbox, '[ -d "$1" ] && [ -r "$1" ] && [ -x "$1" ]', folder, binds);
  if (exitCode === 0) return binds;
  const said = stderr.toString().trim().split('\n').at(-1);
  throw new CodejuryError('sandbox', `${folder}: ${said || "the sandbox's user cannot look into it"}`, {
    hint:
      sandbox.kind === 'container'
        ? 'a container shows the folders of its image alone'
        : 'folders that commands need must be readable for all users, and so must the folders around them',
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
      close: nothing,
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What the host has is not what the image has. */
async function locateInImage(name: string, sandbox: Sandbox): Promise<LocatedProgram> {
  const found = await findInImage(name, sandbox);
  if (found !== null) return { ...found, readOnlyBinds: [], close: nothing };
  throw new CodejuryError('sandbox', `${name}: not found in the container's image`, {
    hint: `use an image that has it, see ${IMAGE_VARIABLE}`,
  });
}

async function problemInside(
  { path, readOnlyBinds }: LocatedProgram,
  sandbox: Sandbox,
): Promise<string | null> {
  const result = await ask(sandbox, '[ -f "$1" ] && [ -x "$1" ]', path, readOnlyBinds);
  if (result.exitCode === 0) return null;
  const said = result.stderr.toString().trim().split('\n').at(-1);
  // A version manager's, in a home folder.
  if (said && /permission denied/i.test(said)) return "it lies where the sandbox's user cannot look";
  return said || "the sandbox's user may not execute it";
}

function ask(
  sandbox: Sandbox,
  script: string,
  argument: string,
  readOnlyBinds: readonly ReadOnlyBind[],
): Promise<SandboxResult> {
  return sandbox.run({
    argv: ['/bin/sh', '-c', script, 'sh', argument],
    readOnlyBinds,
    limits: resolveLimits({ wallTimeMs: TRIAL_TIME_MS }),
    signal: new AbortController().signal,
  });
}
