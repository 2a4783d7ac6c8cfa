import { rmSync } from 'node:fs';
import { chmod, copyFile, link, mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { environmentValue } from '../../io/environment.ts';
import { resolveLimits } from '../limits.ts';
import { IMAGE_VARIABLE } from '../sandbox/container/container-engine.ts';
import { findInImage } from '../sandbox/container/find-in-image.ts';
import { findOnPath } from '../sandbox/find-on-path.ts';
import type { ReadOnlyBind, Sandbox } from '../sandbox/sandbox.ts';

/** A Node.js that works inside the sandbox. */
export interface Node {
  /** As seen inside. */
  readonly executable: string;
  /** For example `24.15.0`. */
  readonly version: string;
  /** What the sandbox must show besides its own system folders. */
  readonly readOnlyBinds: readonly ReadOnlyBind[];
  /** Removes the copy that was made of it, if any. */
  close(): void;
}

/** Variable that names the program to use instead of the Node.js that runs codejury. */
export const NODE_VARIABLE = 'CODEJURY_NODE';

const OLDEST_MAJOR = 20;
/** Where a Node.js that lies outside the system's folders is shown. */
const INSIDE = '/opt/codejury/node';
const TRIAL_LIMIT_MS = 30_000;

/**
 * The Node.js that runs candidates: `CODEJURY_NODE` if set (and then no other), else the one that runs codejury, else the
 * system's; in a container the image's own. Tried inside. One that only root can reach is linked or copied to where everybody can.
 *
 * @throws {CodejuryError} `sandbox` when none of them works inside, with what is wrong with each.
 */
export async function findNode(sandbox: Sandbox): Promise<Node> {
  const complaints: string[] = [];
  for (const program of await candidates(sandbox)) {
    const isShown = sandbox.kind !== 'bubblewrap' || program.startsWith('/usr/');
    const found = await tryOut(sandbox, program, isShown ? null : program);
    if (typeof found !== 'string') return { ...found, close: () => undefined };
    if (isShown || !/permission denied/i.test(found)) {
      complaints.push(`${program}: ${found}`);
      continue;
    }
    const copy = await publish(program);
    const published = await tryOut(sandbox, program, copy.file);
    if (typeof published !== 'string') return { ...published, close: copy.remove };
    copy.remove();
    complaints.push(`${program}: ${published}`);
  }
  const details = complaints.length === 0 ? 'node is not installed' : complaints.join('; ');
  const install =
    sandbox.kind === 'container'
      ? `use an image that has Node.js ${OLDEST_MAJOR} or newer, see ${IMAGE_VARIABLE}`
      : `install Node.js ${OLDEST_MAJOR} or newer for all users`;
  throw new CodejuryError('sandbox', `no Node.js for the sandbox: ${details}`, {
    hint: `${install}, or set ${NODE_VARIABLE} to the program of one`,
  });
}

async function candidates(sandbox: Sandbox): Promise<readonly string[]> {
  const named = environmentValue(sandbox.hostEnv, NODE_VARIABLE);
  if (named !== null) return [named];
  if (sandbox.kind === 'container') {
    const found = await findInImage('node', sandbox);
    return found === null ? [] : [found.path];
  }
  const system = findOnPath('node', {});
  return [...new Set([process.execPath, ...(system === null ? [] : [system])])];
}

/** The program as the sandbox sees it, or what is wrong with it. */
async function tryOut(
  sandbox: Sandbox,
  program: string,
  source: string | null,
): Promise<Omit<Node, 'close'> | string> {
  const executable = source === null ? program : INSIDE;
  const readOnlyBinds = source === null ? [] : [{ source, target: INSIDE }];
  const result = await sandbox.run({
    argv: [executable, '-p', 'process.versions.node'],
    readOnlyBinds,
    capAddressSpace: false,
    limits: resolveLimits({ wallTimeMs: TRIAL_LIMIT_MS }),
    signal: new AbortController().signal,
  });
  const version = result.stdout.toString().trim();
  if (result.exitCode !== 0 || !/^\d+\.\d+\.\d+$/.test(version)) {
    const said = result.stderr.toString().trim().split('\n').at(-1);
    return said || `ended by ${result.endedBy} inside the sandbox, exit code ${result.exitCode}`;
  }
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) return `version ${version} is older than ${OLDEST_MAJOR}`;
  return { executable, version, readOnlyBinds };
}

/** A link to a program, or else a copy of it, in a folder that everybody can read. */
async function publish(program: string): Promise<{ readonly file: string; readonly remove: () => void }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'codejury-node-'));
  const remove = () => {
    process.off('exit', remove);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', remove);
  try {
    await chmod(folder, 0o755);
    const file = path.join(folder, 'node');
    const { mode } = await stat(program);
    const isOpen = (mode & 0o005) === 0o005;
    const isLinked =
      isOpen &&
      (await link(program, file).then(
        () => true,
        () => false,
      ));
    if (!isLinked) {
      await copyFile(program, file);
      await chmod(file, 0o755);
    }
    return { file, remove };
  } catch (cause) {
    remove();
    throw new CodejuryError('sandbox', `cannot copy ${program} to where the sandbox can read it`, { cause });
  }
}
