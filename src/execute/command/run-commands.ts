import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import type { Program, RunOptions, RunReport } from '../language-runner.ts';
import type { Sandbox, SandboxFile } from '../sandbox.ts';
import { buildProgram } from './build-program.ts';
import type { CommandProgram } from './command-program.ts';
import { driverScript } from './driver-script.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import { readReport } from './read-report.ts';
import { runPhases } from './run-phases.ts';

export interface CommandRequest {
  readonly mode: 'run' | 'compile';
  readonly program: Program;
  readonly options: RunOptions;
}

/** More than a compiler may use on one core in its time. */
const COMPILE_CPU_TIME_MS = 4 * COMPILE_LIMIT_MS;

/**
 * Compiles and runs one program in a sandbox of its own; mode `compile` only compiles it, and passes where nothing is compiled.
 *
 * @throws {CodejuryError} `sandbox` when the machinery fails, `aborted`, `usage` for a task that does not fit the runner.
 */
export async function runCommands(
  sandbox: Sandbox,
  commands: CommandProgram,
  extension: string,
  { mode, program, options }: CommandRequest,
): Promise<RunReport> {
  const { config } = commands;
  const { limits, signal, seed = 0 } = options;
  const compile = mode === 'compile' ? (commands.check ?? commands.compile) : commands.compile;
  if (mode === 'compile' && compile === null) return { outcome: 'passed', feedback: null, durationMs: 0 };
  const token = mode === 'compile' || config.finished === null ? null : randomBytes(16).toString('hex');
  const file = buildProgram(config, extension, program, token);
  const fill = (argv: readonly string[]) =>
    argv.map((argument) =>
      fillPlaceholders(argument, { file: file.name, entryPoint: program.task.entryPoint ?? '' }),
    );
  const mark = randomBytes(16).toString('hex');
  const isNeeded =
    config.programOn === 'file' && config.run.some((argument) => argument.includes('{{file}}'));
  const started = sandbox.start({
    argv: [
      '/bin/sh',
      '-c',
      driverScript({
        compile: compile && fill(compile),
        run: mode === 'compile' ? null : fill(commands.run),
        removed: isNeeded ? [] : [file.name],
        mark,
        compileCpuTimeMs: COMPILE_CPU_TIME_MS,
        runLimits: limits,
      }),
    ],
    files: filesOf(commands, program, { path: file.name, content: file.text, writable: !isNeeded }),
    readOnlyBinds: commands.readOnlyBinds,
    env: Object.fromEntries(
      Object.entries(config.env).map(([name, value]) => [
        name,
        fillPlaceholders(value, { seed: String(seed) }),
      ]),
    ),
    proc: config.proc,
    capAddressSpace: config.limitAddressSpace,
    limits,
  });
  const result = await runPhases(started, {
    mark,
    stdin: config.programOn === 'stdin' && mode === 'run' ? file.text : '',
    compileTimeMs: COMPILE_LIMIT_MS,
    wallTimeMs: limits.wallTimeMs,
    outputBytes: limits.outputBytes,
    signal,
  });
  const { end } = result;
  if (end.endedBy === 'aborted') {
    throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  }
  if (result.compileStatus === null && end.endedBy === 'exit') {
    const said = end.stderr.toString().trim().split('\n').at(-1);
    throw new CodejuryError(
      'sandbox',
      `the commands did not start: ${said || `exit code ${end.exitCode}, signal ${end.signal}`}`,
    );
  }
  return readReport(result, {
    errors: config.errors,
    program: file,
    token,
    compileTimeMs: COMPILE_LIMIT_MS,
    limits,
  });
}

function filesOf(commands: CommandProgram, { task }: Program, program: SandboxFile): SandboxFile[] {
  const resources = Object.entries(task.resources ?? {}).map(([path, content]) => ({ path, content }));
  const taken = new Set([program, ...commands.files].map(({ path }) => path));
  for (const { path } of resources) {
    const isInside =
      !posix.isAbsolute(path) && posix.normalize(path) === path && !/^\.\.?(?:\/|$)/.test(path);
    if (isInside && !taken.has(path)) continue;
    throw new CodejuryError(
      'usage',
      `task ${task.id}: the resource ${path} ${isInside ? 'has the name of a file of the runner' : 'is not a path below the working folder'}`,
      { hint: 'resources are named like src/data.txt' },
    );
  }
  return [program, ...commands.files, ...resources];
}
