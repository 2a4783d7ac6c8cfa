import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Feedback, type Outcome, outcomeSchema } from '../contracts/execution.ts';
import { CodejuryError } from '../errors.ts';
import { findPython } from './find-python.ts';
import type { LanguageRunner, Program, RunOptions, RunReport } from './language-runner.ts';
import type { Limits } from './limits.ts';
import { decodeNetstrings, encodeNetstring } from './netstrings.ts';
import type { Sandbox, SandboxResult } from './sandbox.ts';

const RUNNER_FOLDER = new URL('../../runners/python/', import.meta.url);

/**
 * No site-packages (-S, -s): what is installed on a machine must not decide. No -I, which would ignore the hash seed;
 * the environment is empty anyway.
 */
const FLAGS = ['-s', '-S', '-B', '-c'];

/**
 * The runner for Python: one sandbox and one interpreter a candidate.
 *
 * @throws {CodejuryError} `sandbox` when no Python works inside.
 */
export async function openPythonRunner(sandbox: Sandbox): Promise<LanguageRunner> {
  const [python, runner, feedback] = await Promise.all([
    findPython(sandbox),
    readFile(new URL('run.py', RUNNER_FOLDER), 'utf8'),
    readFile(new URL('feedback.py', RUNNER_FOLDER), 'utf8'),
  ]);
  const start = async (
    mode: 'run' | 'compile',
    { code, tests, task }: Program,
    { limits, signal, seed = 0 }: RunOptions,
  ): Promise<RunReport> => {
    if (task.resources !== null && Object.keys(task.resources).length > 0) {
      throw new CodejuryError(
        'capability',
        `task ${task.id} needs files, which the Python runner does not provide`,
      );
    }
    const nonce = randomBytes(16).toString('hex');
    const request = [mode, tests.before, code, tests.after, feedback].map(encodeNetstring);
    const result = await sandbox.run({
      // As text, not as a file: the sandbox's user may not be allowed to read where codejury is installed.
      argv: [python.executable, ...FLAGS, runner],
      stdin: Buffer.concat([encodeNetstring(Buffer.concat(request)), encodeNetstring(nonce)]),
      readOnlyBinds: python.readOnlyBinds,
      env: { PYTHONHASHSEED: String(seed) },
      limits,
      signal,
    });
    return readReport(result, nonce, limits, signal);
  };
  return {
    language: 'python',
    fingerprint: `python ${python.version}`,
    run: (program, options) => start('run', program, options),
    compile: (program, options) => start('compile', program, options),
    close: async () => undefined,
  };
}

/** @throws {CodejuryError} `sandbox` when the runner did not even start, `aborted` when the signal ended it. */
function readReport(result: SandboxResult, nonce: string, limits: Limits, signal: AbortSignal): RunReport {
  if (result.endedBy === 'aborted') {
    throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  }
  const [ready, said] = decodeNetstrings(result.stdout);
  const verdict = said === undefined ? null : readVerdict(said, nonce);
  if (verdict !== null && !(result.endedBy === 'memory' && verdict.feedback?.kind === 'SIGKILL')) {
    return verdict;
  }
  const report = (outcome: Outcome, kind: string, message: string): RunReport => ({
    outcome,
    feedback: { kind, message, line: null, input: null, expected: null, actual: null },
    durationMs: result.durationMs,
  });
  switch (result.endedBy) {
    case 'wall-time':
      return report('timeout', 'wall-time', `no result within ${limits.wallTimeMs} ms`);
    case 'cpu-time':
      return report('timeout', 'cpu-time', `used more than ${limits.cpuTimeMs} ms of CPU time`);
    case 'memory':
      return report('out-of-memory', 'memory', `used more than ${limits.memoryBytes} bytes of memory`);
    case 'output':
      return report('runtime-error', 'output', `printed more than ${limits.outputBytes} bytes`);
    case 'exit':
      break;
  }
  if (ready?.toString() !== 'ready') {
    const stderr = result.stderr.toString().trim().split('\n').at(-1);
    throw new CodejuryError(
      'sandbox',
      `the Python runner did not start: ${stderr || `exit code ${result.exitCode}, signal ${result.signal}`}`,
    );
  }
  return report('runtime-error', 'runner-ended', 'the program ended the runner that was to report on it');
}

/** Null when it is not what the runner writes: somebody else spoke. */
function readVerdict(data: Buffer, nonce: string): RunReport | null {
  const [said, durationUs, outcome, kind, line, message, input, expected, actual] = decodeNetstrings(
    data,
  ).map((field) => (field[0] === 0x2b ? field.toString('utf8', 1) : null));
  const known = outcomeSchema.safeParse(outcome);
  if (said !== nonce || !known.success) {
    return null;
  }
  const feedback: Feedback = {
    kind: kind ?? known.data,
    line: line == null ? null : Number(line),
    message: message ?? '',
    input: input ?? null,
    expected: expected ?? null,
    actual: actual ?? null,
  };
  return {
    outcome: known.data,
    feedback: known.data === 'passed' ? null : feedback,
    durationMs: Number(durationUs) / 1000,
  };
}
