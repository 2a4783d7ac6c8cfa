import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { leakedDescriptors } from './leaked-descriptors.ts';

describe('leakedDescriptors', () => {
  it('are those above 2 that stay open when a program is started', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'codejury-fdinfo-'));
    const info = (number: number, flags: string) =>
      writeFileSync(path.join(folder, String(number)), `pos:\t0\nflags:\t${flags}\nmnt_id:\t9\n`);
    info(1, '0100002');
    info(30, '0100001');
    info(9, '0100002');
    info(4, '02100002');
    expect(leakedDescriptors(folder)).toEqual([9, 30]);
    rmSync(folder, { recursive: true });
  });

  it('are none where the system does not tell', () => {
    expect(leakedDescriptors('/absent')).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('a descriptor that was left open', () => {
  it('does not reach what runs in a sandbox', () => {
    const script = `
      import { openNoSandbox } from ${JSON.stringify(path.resolve('src/execute/sandbox/no-sandbox.ts'))};
      import { resolveLimits } from ${JSON.stringify(path.resolve('src/execute/limits.ts'))};
      const { stdout } = await openNoSandbox({}).run({
        argv: ['/bin/sh', '-c', 'readlink /proc/self/fd/60; echo "end"'],
        limits: resolveLimits(), signal: new AbortController().signal,
      });
      process.stdout.write(stdout);`;
    // Descriptor 60 of the process is a pipe that nobody closed.
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit', ...Array.from({ length: 57 }, () => 'ignore' as const), 'pipe'],
    });
    expect(String(stdout)).toMatch(/^(\/dev\/null\n)?end\n$/);
  });
});
