import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { errorCode } from '../../io/error-code.ts';
import { resolveHome } from '../../io/home.ts';
import { runProgram } from '../../io/run-program.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { hashParts } from '../../util/hash.ts';
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
 * The runner programs, compiled once for every JDK and kept in the cache folder.
 *
 * @throws {CodejuryError} `sandbox` when the JDK cannot compile them.
 */
export async function buildRunnerJar(jdk: Jdk, env: Environment): Promise<RunnerJar> {
  const names = (await readdir(SOURCES)).filter((name) => name.endsWith('.java')).sort();
  const sources = await Promise.all(names.map((name) => readFile(new URL(name, SOURCES), 'utf8')));
  const digest = hashParts(jdk.version, ...names, ...sources);
  const file = path.join(resolveHome(env).cacheDir, 'java-runner', `${digest.slice(0, 32)}.jar`);
  const kept = await readIfThere(file);
  if (kept !== null) return { content: kept, digest };
  const folder = await mkdtemp(path.join(tmpdir(), 'codejury-java-'));
  try {
    const classes = path.join(folder, 'classes');
    const jar = path.join(folder, 'runner.jar');
    await runTool(jdk, env, 'javac', [
      ...['-nowarn', '-proc:none', '-encoding', 'UTF-8', COMPILER_EXPORT],
      // Concatenation by invokedynamic would take longer than everything else the runner does at its start.
      '-XDstringConcat=inline',
      ...['-d', classes, ...names.map((name) => fileURLToPath(new URL(name, SOURCES)))],
    ]);
    await runTool(jdk, env, 'jar', ['--create', '--no-compress', '--file', jar, '-C', classes, '.']);
    const content = await readFile(jar);
    await writeFileAtomically(file, content);
    return { content, digest };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runTool(jdk: Jdk, env: Environment, tool: string, args: readonly string[]): Promise<void> {
  const command = path.join(jdk.home, 'bin', tool);
  const result = await runProgram({ command, args, env, timeoutMs: BUILD_LIMIT_MS });
  if (result.exitCode !== 0) {
    const said = `${result.stderr}${result.stdout}`.trim().slice(0, 1000) || `exit code ${result.exitCode}`;
    throw new CodejuryError('sandbox', `${command} cannot build the Java runner: ${said}`);
  }
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
