import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Runs a command on a terminal of its own (util-linux). */
const SCRIPT = '/usr/bin/script';

/** Why nothing can be tried on a terminal; null where it can. */
export const noTerminal =
  process.platform === 'linux' && existsSync(SCRIPT) ? null : '(skipped: there is no `script` of util-linux)';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

/** Runs the command line on a terminal, and gives it the next answer (keys as they are typed) whenever it has asked. */
export function talkOnTerminal(
  args: readonly string[],
  answers: readonly string[],
  { home }: { readonly home: string },
): Promise<{ readonly status: number | null; readonly shown: string }> {
  const command = [process.execPath, main, ...args].map((word) => `'${word}'`).join(' ');
  const left = [...answers];
  return new Promise((done, fail) => {
    const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], {
      env: { ...process.env, CODEJURY_HOME: home },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let shown = '';
    let asked = 0;
    child.stdout.on('data', (chunk) => {
      shown += String(chunk);
      const questions = shown.split(']: ').length - 1;
      if (questions <= asked) return;
      asked = questions;
      child.stdin.write(left.shift() ?? '\r');
    });
    child.on('error', fail);
    child.on('close', (status) => done({ status, shown }));
  });
}
