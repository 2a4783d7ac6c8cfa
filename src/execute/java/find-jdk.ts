import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { environmentValue } from '../../io/environment.ts';
import { resolveLimits } from '../limits.ts';
import { IMAGE_VARIABLE } from '../sandbox/container/container-engine.ts';
import { findInImage, readInImage } from '../sandbox/container/find-in-image.ts';
import { findOnPath } from '../sandbox/find-on-path.ts';
import type { ReadOnlyBind, Sandbox } from '../sandbox/sandbox.ts';

/** A Java development kit that works inside the sandbox. */
export interface Jdk {
  /** Absolute path, inside as outside. */
  readonly home: string;
  /** For example `17.0.15`. */
  readonly version: string;
  /** For example 17. */
  readonly major: number;
  /** What the sandbox must show besides its own system folders. */
  readonly readOnlyBinds: readonly ReadOnlyBind[];
}

/** Variable that names the JDK's folder to use instead of `JAVA_HOME` and of the PATH's `javac`. */
export const JAVA_HOME_VARIABLE = 'CODEJURY_JAVA_HOME';

const OLDEST_MAJOR = 17;
const TRIAL_LIMIT_MS = 30_000;

/**
 * The JDK that compiles and runs candidates: `CODEJURY_JAVA_HOME` if set (and then no other), else `JAVA_HOME`, else the
 * one of the PATH's `javac`; in a container the image's own. Tried inside.
 *
 * @throws {CodejuryError} `sandbox` when none of them works inside, with what is wrong with each.
 */
export async function findJdk(sandbox: Sandbox): Promise<Jdk> {
  const named = environmentValue(sandbox.hostEnv, JAVA_HOME_VARIABLE);
  if (sandbox.kind === 'container') return jdkOfImage(named, sandbox);
  const found = [environmentValue(sandbox.hostEnv, 'JAVA_HOME'), homeOnPath(sandbox)];
  const homes = named === null ? [...new Set(found.filter((home) => home !== null))] : [named];
  const complaints: string[] = [];
  for (const home of homes) {
    const jdk = await inspect(home, sandbox);
    if (typeof jdk !== 'string') return jdk;
    complaints.push(`${home}: ${jdk}`);
  }
  const details = complaints.length === 0 ? 'javac is not installed' : complaints.join('; ');
  throw new CodejuryError('sandbox', `no Java for the sandbox: ${details}`, {
    hint: `install a JDK, version ${OLDEST_MAJOR} or newer, for all users (Debian, Ubuntu: apt-get install default-jdk-headless), or set ${JAVA_HOME_VARIABLE} to the folder of one that every user may read`,
  });
}

function homeOnPath(sandbox: Sandbox): string | null {
  const javac = findOnPath('javac', sandbox.hostEnv);
  return javac === null ? null : path.dirname(path.dirname(realpathSync(javac)));
}

/** The JDK of a folder, or what is wrong with it. */
async function inspect(folder: string, sandbox: Sandbox): Promise<Jdk | string> {
  const missing = ['bin/java', 'bin/javac', 'release'].find((file) => !existsSync(path.join(folder, file)));
  if (missing !== undefined) return `there is no ${missing}`;
  const home = realpathSync(folder);
  const readOnlyBinds = [home, ...configurationFolders(home)]
    .filter((source) => !source.startsWith('/usr/'))
    .map((source) => ({ source, target: source }));
  return tryOut({ home, readOnlyBinds }, await readFile(path.join(home, 'release'), 'utf8'), sandbox);
}

async function jdkOfImage(named: string | null, sandbox: Sandbox): Promise<Jdk> {
  const javac = await findInImage(named === null ? 'javac' : path.posix.join(named, 'bin/javac'), sandbox);
  const home = path.posix.dirname(path.posix.dirname(javac?.realPath ?? ''));
  const release = await readInImage(path.posix.join(home, 'release'), sandbox);
  const jdk =
    javac === null
      ? 'javac is not there'
      : await tryOut({ home, readOnlyBinds: [] }, release?.toString() ?? '', sandbox);
  if (typeof jdk !== 'string') return jdk;
  throw new CodejuryError('sandbox', `no Java in the container's image: ${jdk}`, {
    hint: `use an image that has a JDK, version ${OLDEST_MAJOR} or newer, see ${IMAGE_VARIABLE}`,
  });
}

/** @param release the text of the JDK's file of that name */
async function tryOut(
  place: Pick<Jdk, 'home' | 'readOnlyBinds'>,
  release: string,
  sandbox: Sandbox,
): Promise<Jdk | string> {
  const version = /^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1] ?? '';
  const major = Number(/^\d+/.exec(version)?.[0] ?? 0);
  if (major < OLDEST_MAJOR) return `version ${version || 'unknown'} is older than ${OLDEST_MAJOR}`;
  const trial = await sandbox.run({
    argv: [path.join(place.home, 'bin/java'), '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-version'],
    readOnlyBinds: place.readOnlyBinds,
    proc: true,
    capAddressSpace: false,
    limits: resolveLimits({ wallTimeMs: TRIAL_LIMIT_MS }),
    signal: new AbortController().signal,
  });
  if (trial.exitCode === 0) return { ...place, version, major };
  const said = trial.stderr.toString().trim().split('\n')[0];
  return said || `ended by ${trial.endedBy}, exit code ${trial.exitCode}, inside the sandbox`;
}

/** Where the links in `conf` lead: distributions keep the configuration in /etc. */
function configurationFolders(home: string): string[] {
  const conf = path.join(home, 'conf');
  if (!existsSync(conf)) return [];
  const folders = readdirSync(conf, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const target = realpathSync(path.join(conf, name));
    const isElsewhere = !target.startsWith(`${home}/`) && target.endsWith(`/${name}`);
    return isElsewhere ? [target.slice(0, -name.length - 1)] : [];
  });
  return [...new Set(folders)];
}
