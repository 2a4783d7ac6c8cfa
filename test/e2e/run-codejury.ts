import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

/** Runs the command line as a user does: a process of its own, with its own home folder. */
export function runCodejury(
  args: readonly string[],
  options: {
    readonly home: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly stdin?: string;
    readonly cwd?: string;
    /** Called once the process runs; may signal it. */
    readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
  },
): Promise<CliResult> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { ...process.env, CODEJURY_HOME: options.home, ...options.env },
      stdio: 'pipe',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    child.on('spawn', () => options.onStart?.((signal) => child.kill(signal)));
    child.on('error', fail);
    child.on('close', (status) => done({ status, stdout, stderr }));
    child.stdin.end(options.stdin ?? '');
  });
}
