import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodejuryError } from '../../errors.ts';
import { resolveLimits } from '../limits.ts';
import { describeSandbox, openSandbox } from './open-sandbox.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'codejury-sandbox-'));
  // A root user's sandbox is started as nobody.
  chmodSync(folder, 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function environmentWithBubblewrap(script: string): { readonly PATH: string } {
  writeFileSync(path.join(folder, 'bwrap'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: folder };
}

async function refusal(env: { readonly PATH: string }): Promise<CodejuryError> {
  const error = await openSandbox('auto', env).catch((error: unknown) => error);
  if (error instanceof CodejuryError) return error;
  throw new Error('expected a refusal', { cause: error });
}

describe.skipIf(process.platform !== 'linux')('a bubblewrap that does not work', () => {
  const denied = 'echo "bwrap: No permissions to create new namespace" >&2; exit 1';

  it('is refused, with its words and the two ways out', async () => {
    const error = await refusal(environmentWithBubblewrap(denied));
    expect(error.code).toBe('sandbox');
    expect(error.message).toContain('No permissions to create new namespace');
    expect(error.hint).toContain('unprivileged user namespaces');
    expect(error.hint).toContain('scripts/setup.sh');
    expect(error.hint).toContain('--sandbox none');
  });

  it('is refused when it is too old', async () => {
    const error = await refusal(
      environmentWithBubblewrap('echo "bwrap: Unknown option --disable-userns" >&2; exit 1'),
    );
    expect(error.hint).toContain('0.8 or newer');
  });

  it('is refused when it runs the command without containing it', async () => {
    const error = await refusal(
      environmentWithBubblewrap('while [ "$1" != -- ]; do shift; done; shift; exec "$@"'),
    );
    expect(error.message).toMatch(/visible|writable/);
  });

  it('is part of the report for doctor', async () => {
    const report = await describeSandbox(environmentWithBubblewrap(denied));
    expect(report).toMatchObject({ kind: null, protections: [] });
    expect(report.problem).toContain('No permissions');
  });
});

describe.skipIf(process.platform === 'win32')('--sandbox none', () => {
  it('runs with a clean environment, input, limits and a folder of its own, and says what it does not do', async () => {
    const sandbox = await openSandbox('none', { SECRET: 'x', PATH: '/bin' });
    expect(sandbox.protections.find(({ name }) => name === 'no network')?.active).toBe(false);
    const result = await sandbox.run({
      argv: ['/bin/sh', '-c', 'echo "[$SECRET$EXTRA]"; cat; pwd; exit 5'],
      stdin: 'given\n',
      env: { EXTRA: 'more' },
      limits: resolveLimits(),
      signal: new AbortController().signal,
    });
    const [environment, given, cwd] = result.stdout.toString().split('\n');
    expect([environment, given]).toEqual(['[more]', 'given']);
    expect(cwd).toContain('codejury-run-');
    expect(result).toMatchObject({ exitCode: 5, signal: null, endedBy: 'exit' });
  });

  it('kills the process group when time is up', async () => {
    const sandbox = await openSandbox('none', {});
    const result = await sandbox.run({
      argv: ['/bin/sh', '-c', 'trap "" TERM; (while :; do :; done) & while :; do :; done'],
      limits: resolveLimits({ wallTimeMs: 200 }),
      signal: new AbortController().signal,
    });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', endedBy: 'wall-time' });
  });

  it('says when a command cannot be started inside', async () => {
    const sandbox = await openSandbox('none', {});
    const result = await sandbox.run({
      argv: ['/absent/program'],
      limits: resolveLimits(),
      signal: new AbortController().signal,
    });
    expect(result.exitCode).toBe(127);
  });
});
