import { randomBytes } from 'node:crypto';
import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import type { Program, RunOptions, RunReport } from '../language-runner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { buildProgram, type ProgramFile } from './build-program.ts';
import type { CommandProgram } from './command-program.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import { failedTestLine, readReport } from './read-report.ts';
import type { PhasesResult } from './run-phases.ts';
import { startCommands } from './start-commands.ts';

export interface CommandRequest {
  readonly mode: 'run' | 'compile';
  readonly program: Program;
  readonly options: RunOptions;
}

/** Longest actual value in a feedback, in UTF-16 code units. */
const ACTUAL_LENGTH = 1_000;

/**
 * Compiles and runs one program in a sandbox of its own; mode `compile` only compiles it, and passes where nothing is compiled.
 *
 * @throws {CodejuryError} as startCommands does; `usage` for a task without the entry point that the runner needs.
 */
export async function runCommands(
  sandbox: Sandbox,
  commands: CommandProgram,
  extension: string,
  { mode, program, options }: CommandRequest,
): Promise<RunReport> {
  const { config } = commands;
  const isRun = mode === 'run';
  const compile = isRun ? commands.compile : (commands.check ?? commands.compile);
  if (!isRun && compile === null) return { outcome: 'passed', feedback: null, durationMs: 0 };
  const finish = isRun && config.finished !== null ? newFinish(config.finished) : null;
  const file = buildProgram(config, extension, program, finish?.statement ?? null);
  const start = (text: string) =>
    startCommands(sandbox, {
      commands,
      compile,
      run: isRun ? commands.run : null,
      file: { name: file.name, text },
      task: program.task,
      options,
    });
  const result = await start(file.text);
  const context = {
    errors: config.errors,
    program: file,
    finish,
    compileTimeMs: COMPILE_LIMIT_MS,
    limits: options.limits,
  };
  const report = readReport(result, context);
  const { feedback } = report;
  if (report.outcome !== 'failed' || feedback === null || feedback.actual !== null) return report;
  const line = failedTestLine(result.output, context);
  const actual = await actualValue(config.showActual, feedback.input, line, file, start);
  return { ...report, feedback: { ...feedback, actual } };
}

/** What the call in the line of the tests that failed gives: null when that cannot be told. */
async function actualValue(
  showActual: string | null,
  input: string | null,
  line: number | null,
  { text }: ProgramFile,
  start: (text: string) => Promise<PhasesResult>,
): Promise<string | null> {
  if (showActual === null || input === null || line === null) return null;
  const token = newToken();
  const shown = fillPlaceholders(showActual, { input, token });
  const { compileStatus, output } = await start(
    text
      .split('\n')
      .with(line - 1, shown)
      .join('\n'),
  );
  const at = compileStatus === 0 ? output.indexOf(token) : -1;
  if (at < 0) return null;
  const [said = ''] = output.slice(at + token.length).split('\n', 1);
  return said.trim().slice(0, ACTUAL_LENGTH);
}

function newFinish(template: string) {
  const token = newToken();
  return { token, statement: fillPlaceholders(template, { token }) };
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}
