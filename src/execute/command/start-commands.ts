import { randomBytes } from 'node:crypto';
import { CodejuryError } from '../../errors.ts';
import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import type { Program, RunOptions } from '../language-runner.ts';
import type { Limits } from '../limits.ts';
import { resourceFiles } from '../resource-files.ts';
import type { Sandbox, SandboxFile } from '../sandbox/sandbox.ts';
import type { CommandProgram } from './command-program.ts';
import { driverScript } from './driver-script.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import { type PhasesResult, runPhases } from './run-phases.ts';

export interface StartRequest {
  readonly commands: CommandProgram;
  readonly compile: readonly string[] | null;
  /** Null = compiling is all. */
  readonly run: readonly string[] | null;
  /** The program file. */
  readonly file: { readonly name: string; readonly text: string };
  readonly task: Program['task'];
  readonly options: RunOptions;
}

/** More than a compiler may use on one core in its time. */
const COMPILE_CPU_TIME_MS = 4 * COMPILE_LIMIT_MS;

/**
 * Runs a runner's commands on one program file, in a sandbox of its own, to their end.
 *
 * @throws {CodejuryError} `sandbox` when the machinery fails, `aborted`, `usage` or `capability` for a task whose files do not fit.
 */
export async function startCommands(
  sandbox: Sandbox,
  { commands, compile, run, file, task, options }: StartRequest,
): Promise<PhasesResult> {
  const { config } = commands;
  const { limits, signal, seed = 0 } = options;
  const fill = (argv: readonly string[]) =>
    argv.map((argument) =>
      fillPlaceholders(argument, { file: file.name, entryPoint: task.entryPoint ?? '' }),
    );
  const mark = randomBytes(16).toString('hex');
  const isNeeded =
    config.programOn === 'file' && config.run.some((argument) => argument.includes('{{file}}'));
  const script = driverScript({
    compile: compile && fill(compile),
    run: run && fill(run),
    removed: isNeeded ? [] : [file.name],
    mark,
    compileCpuTimeMs: COMPILE_CPU_TIME_MS,
    runLimits: limits,
  });
  const environment = Object.entries(config.env).map(([name, value]) => [
    name,
    fillPlaceholders(value, { seed: String(seed) }),
  ]);
  const started = sandbox.start({
    argv: ['/bin/sh', '-c', script],
    files: filesOf(commands, task, { path: file.name, content: file.text, writable: !isNeeded }, limits),
    readOnlyBinds: commands.readOnlyBinds,
    env: Object.fromEntries(environment),
    proc: config.proc,
    capAddressSpace: config.limitAddressSpace,
    limits,
  });
  const result = await runPhases(started, {
    mark,
    stdin: config.programOn === 'stdin' && run !== null ? file.text : '',
    compileTimeMs: COMPILE_LIMIT_MS,
    wallTimeMs: limits.wallTimeMs,
    outputBytes: limits.outputBytes,
    signal,
  });
  const { compileStatus, end } = result;
  if (end.endedBy === 'aborted') {
    throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  }
  if (compileStatus === null && end.endedBy === 'exit') {
    const said = end.stderr.toString().trim().split('\n').at(-1);
    throw new CodejuryError(
      'sandbox',
      `the commands did not start: ${said || `exit code ${end.exitCode}, signal ${end.signal}`}`,
    );
  }
  return result;
}

function filesOf(
  commands: CommandProgram,
  task: Program['task'],
  program: SandboxFile,
  limits: Limits,
): SandboxFile[] {
  const own = [program, ...commands.files];
  const resources = resourceFiles(task, limits).map(([path, content]) => ({ path, content }));
  const taken = resources.find(({ path }) => own.some((file) => file.path === path));
  if (taken !== undefined) {
    throw new CodejuryError('usage', `task ${task.id}: ${taken.path} is the name of a file of the runner`, {
      hint: 'give the resource another name',
    });
  }
  return [...own, ...resources];
}
