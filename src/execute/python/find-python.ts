import { realpathSync } from 'node:fs';
import { CodejuryError } from '../../errors.ts';
import { environmentValue } from '../../io/environment.ts';
import { runProgram } from '../../io/run-program.ts';
import { resolveLimits } from '../limits.ts';
import { IMAGE_VARIABLE } from '../sandbox/container/container-engine.ts';
import { findInImage } from '../sandbox/container/find-in-image.ts';
import { findOnPath } from '../sandbox/find-on-path.ts';
import type { ReadOnlyBind, Sandbox } from '../sandbox/sandbox.ts';

/** A Python that works inside the sandbox. */
export interface Python {
  /** Absolute path, inside as outside. */
  readonly executable: string;
  /** For example `3.11.2`. */
  readonly version: string;
  /** What the sandbox must show besides its own system folders. */
  readonly readOnlyBinds: readonly ReadOnlyBind[];
}

/** Variable that names the interpreter to use instead of the PATH's `python3`. */
export const PYTHON_VARIABLE = 'CODEJURY_PYTHON';

/** Prints where an interpreter really is: a shim or a virtual environment is only a door to it. */
const LOCATE =
  'import os, sys; print(os.path.realpath(getattr(sys, "_base_executable", sys.executable))); print(os.path.realpath(sys.base_prefix))';

const VERSION = 'import sys; print("%d.%d.%d" % sys.version_info[:3]); sys.exit(sys.version_info < (3, 9))';

const PROGRAM_TIMEOUT_MS = 10_000;

/**
 * The interpreter that runs candidates: `CODEJURY_PYTHON` if set (and then no other), else `python3` of the PATH with
 * its real prefix shown in the sandbox, else the system's; in a container the image's own. Tried inside. Candidates see its standard library only.
 *
 * @throws {CodejuryError} `sandbox` when none of them works inside, with what each of them said.
 */
export async function findPython(sandbox: Sandbox): Promise<Python> {
  const named = environmentValue(sandbox.hostEnv, PYTHON_VARIABLE);
  if (sandbox.kind === 'container') return pythonOfImage(named ?? 'python3', sandbox);
  const found = named ?? findOnPath('python3', sandbox.hostEnv);
  const system = findOnPath('python3', {});
  const tried = named === null ? [...new Set([found, system])] : [named];
  const complaints: string[] = [];
  for (const command of tried) {
    if (command === null) continue;
    const python = await locate(command, sandbox);
    const said = typeof python === 'string' ? python : await versionInside(python, sandbox);
    if (typeof python !== 'string' && /^3\.\d+\.\d+$/.test(said)) {
      return { ...python, version: said };
    }
    complaints.push(`${command}: ${said}`);
  }
  const details = complaints.length === 0 ? 'python3 is not installed' : complaints.join('; ');
  throw new CodejuryError('sandbox', `no Python for the sandbox: ${details}`, {
    hint: `install Python 3.9 or newer for all users (Debian, Ubuntu: apt-get install python3), or set ${PYTHON_VARIABLE} to one that every user may read`,
  });
}

async function pythonOfImage(name: string, sandbox: Sandbox): Promise<Python> {
  const found = await findInImage(name, sandbox);
  const python = { executable: found?.path ?? '', readOnlyBinds: [] };
  const said = found === null ? 'not there' : await versionInside(python, sandbox);
  if (/^3\.\d+\.\d+$/.test(said)) return { ...python, version: said };
  throw new CodejuryError('sandbox', `no Python in the container's image: ${name}: ${said}`, {
    hint: `use an image that has Python 3.9 or newer, see ${IMAGE_VARIABLE}`,
  });
}

/** The interpreter behind a command, or what is wrong with it. */
async function locate(command: string, sandbox: Sandbox): Promise<Omit<Python, 'version'> | string> {
  if (isSystemPath(command)) {
    return { executable: command, readOnlyBinds: [] };
  }
  try {
    const result = await runProgram({
      command,
      args: ['-I', '-S', '-c', LOCATE],
      env: sandbox.hostEnv,
      timeoutMs: PROGRAM_TIMEOUT_MS,
    });
    const [executable = '', prefix = ''] = result.stdout.trim().split('\n');
    if (result.exitCode !== 0 || executable === '' || prefix === '') {
      return result.stderr.trim().split('\n').at(-1) || `exit code ${result.exitCode}`;
    }
    const isVisible = sandbox.kind === 'none' || isSystemPath(executable);
    return { executable, readOnlyBinds: isVisible ? [] : [{ source: prefix, target: prefix }] };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** True for what every sandbox shows. */
function isSystemPath(file: string): boolean {
  try {
    return realpathSync(file).startsWith('/usr/') && /^\/(usr|bin)\//.test(file);
  } catch {
    // A dangling path is nobody's interpreter; running it says so.
    return false;
  }
}

/** Its version, from 3.9; else what is wrong with it. */
async function versionInside(python: Omit<Python, 'version'>, sandbox: Sandbox): Promise<string> {
  const result = await sandbox.run({
    argv: [python.executable, '-s', '-S', '-c', VERSION],
    readOnlyBinds: python.readOnlyBinds,
    limits: resolveLimits({ wallTimeMs: PROGRAM_TIMEOUT_MS }),
    signal: new AbortController().signal,
  });
  const version = result.stdout.toString().trim();
  if (result.exitCode === 0) return version || 'says nothing of its version';
  if (version !== '') return `version ${version} is older than 3.9`;
  return (
    result.stderr.toString().trim().split('\n').at(-1) || `ended by ${result.endedBy} inside the sandbox`
  );
}
