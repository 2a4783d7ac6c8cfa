import { availableParallelism, freemem, totalmem } from 'node:os';
import type { DoctorReport, Finding } from '../contracts/doctor-report.ts';
import { describeSandbox } from '../execute/open-sandbox.ts';
import type { Environment } from '../io/environment.ts';
import { resolveHome } from '../io/home.ts';
import { runProgram } from '../io/run-program.ts';
import { openModelStore } from './manage-models.ts';
import { packageVersion } from './package-version.ts';

/** A model in use needs its file and this much more for caches and buffers, in bytes. */
const WORKING_MEMORY_BYTES = 600e6;
/** A program that does not say its version in this time, in milliseconds, does not work. */
const PROGRAM_TIMEOUT_MS = 10_000;

interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly use: string;
  /** Debian package. */
  readonly install: string;
}

const PROGRAMS: readonly Program[] = [
  { name: 'python3', args: ['--version'], use: 'runs Python candidates', install: 'python3' },
  { name: 'javac', args: ['-version'], use: 'compiles Java', install: 'default-jdk-headless' },
  { name: 'go', args: ['version'], use: 'compiles Go', install: 'golang-go' },
  { name: 'rustc', args: ['--version'], use: 'compiles Rust', install: 'rustc' },
  { name: 'g++', args: ['-dumpfullversion'], use: 'compiles C++', install: 'g++' },
  { name: 'dotnet', args: ['--version'], use: 'compiles C#', install: 'dotnet-sdk-8.0' },
];

/** Looks at everything the program may need. What is missing is an answer, never an exception. */
export async function runDoctor(env: Environment, signal: AbortSignal): Promise<DoctorReport> {
  const { describeLlamaEngine } = await import('../lm/llama/describe-llama-engine.ts');
  const [engine, sandbox, stored, programs, version] = await Promise.all([
    describeLlamaEngine(),
    describeSandbox(env),
    openModelStore(env).list(),
    Promise.all([...PROGRAMS.map((program) => findProgram(program, env, signal)), findPip(env, signal)]),
    packageVersion(),
  ]);
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
    sandbox: {
      name: 'sandbox',
      ok: sandbox.kind !== null,
      detail: sandbox.problem ?? `${sandbox.kind} runs generated code`,
      hint: sandbox.hint,
    },
    protections: sandbox.protections,
    programs,
  };
}

async function findProgram(program: Program, env: Environment, signal: AbortSignal): Promise<Finding> {
  const { name, args, use, install } = program;
  const missing: Finding = {
    name,
    ok: false,
    detail: `not found (${use})`,
    hint: `apt-get install ${install}`,
  };
  try {
    const { exitCode, stdout, stderr } = await runProgram({
      command: name,
      args,
      env,
      timeoutMs: PROGRAM_TIMEOUT_MS,
      signal,
    });
    const [line = ''] = (stdout || stderr).trim().split('\n');
    return exitCode === 0 ? { name, ok: true, detail: line, hint: null } : missing;
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    // Not installed: the usual case.
    return missing;
  }
}

async function findPip(env: Environment, signal: AbortSignal): Promise<Finding> {
  const pip = await findProgram(
    {
      name: 'python3',
      args: ['-m', 'pip', '--version'],
      use: 'fetches models from wheels',
      install: 'python3-pip',
    },
    env,
    signal,
  );
  return { ...pip, name: 'pip', detail: pip.detail.replace(/ from .*/, '') };
}
