import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { resolveHome } from '../../io/home.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { hashParts } from '../../util/hash.ts';
import { resolveLimits } from '../limits.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Jdk } from './find-jdk.ts';

/** The programs that compile and run candidates inside the sandbox. */
export interface RunnerJar {
  readonly content: Buffer;
  /** Of their sources and of the compiler that made them. */
  readonly digest: string;
}

const SOURCES = new URL('../../../runners/java/codejury/', import.meta.url);
const BUILD_LIMIT_MS = 120_000;

/** The compiler's task pool is not part of its public interface. */
export const COMPILER_EXPORT = '--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED';

/**
 * Both tools' complaints are told; the jar is the output. Argument: the JDK's folder of programs. Concatenation by
 * invokedynamic would take longer than everything else the runner does at its start.
 */
const BUILD = `
"$1/javac" -nowarn -proc:none -encoding UTF-8 ${COMPILER_EXPORT} -XDstringConcat=inline -d classes *.java >&2 &&
"$1/jar" --create --no-compress --file runner.jar -C classes . >&2 && cat runner.jar`;

/**
 * The runner programs, compiled once for every JDK, inside, and kept in the cache folder.
 *
 * @throws {CodejuryError} `sandbox` when the JDK cannot compile them.
 */
export async function buildRunnerJar(jdk: Jdk, sandbox: Sandbox): Promise<RunnerJar> {
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith('.java')).sort();
  const sources = await Promise.all(names.map((name) => readFile(new URL(name, SOURCES), 'utf8')));
  const digest = hashParts(jdk.version, ...names, ...sources);
  const { cacheDir } = resolveHome(sandbox.hostEnv);
  const file = path.join(cacheDir, 'java-runner', `${digest.slice(0, 32)}.jar`);
  const kept = await readIfThere(file);
  if (kept !== null) return { content: kept, digest };
  const { exitCode, stdout, stderr } = await sandbox.run({
    argv: ['/bin/sh', '-c', BUILD, 'sh', path.posix.join(jdk.home, 'bin')],
    files: names.map((name, index) => ({ path: name, content: sources[index] ?? '' })),
    readOnlyBinds: jdk.readOnlyBinds,
    proc: true,
    capAddressSpace: false,
    limits: resolveLimits({ wallTimeMs: BUILD_LIMIT_MS }),
    signal: new AbortController().signal,
  });
  if (exitCode !== 0) {
    const said = stderr.toString().trim().slice(0, 1000) || `exit code ${exitCode}`;
    throw new CodejuryError('sandbox', `the JDK in ${jdk.home} cannot build the Java runner: ${said}`);
  }
  await writeFileAtomically(file, stdout);
  return { content: stdout, digest };
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
