import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { resolveLimits } from '../limits.ts';
import { limitScript } from './limit-script.ts';

const limits = resolveLimits({ cpuTimeMs: 2_500, memoryBytes: 1024 ** 3, fileBytes: 1024 ** 2 });

function valuesOf(options: { readonly capAddressSpace: boolean }): string[] {
  const script = limitScript(limits, { capProcesses: false, capTime: true, ...options });
  const print =
    'ulimit -S -t; ulimit -H -t; ulimit -H -f; ulimit -H -v; ulimit -H -d; ulimit -H -n; echo "$@"';
  const result = spawnSync('/bin/sh', ['-c', script, 'sh', '/bin/sh', '-c', print, 'sh', 'a b', "'"]);
  return result.stdout.toString().trim().split('\n');
}

describe('limitScript', () => {
  it('sets soft and hard limits and hands the arguments on as they are', () => {
    expect(valuesOf({ capAddressSpace: true })).toEqual([
      '3',
      '5',
      '2048',
      '1048576',
      expect.any(String),
      '256',
      "a b '",
    ]);
  });

  it('leaves the address space alone for runtimes that reserve much, but not what they write', () => {
    const values = valuesOf({ capAddressSpace: false });
    expect(values[3]).toBe('unlimited');
    expect(Number(values[4])).toBe((1024 + 640) * 1024);
  });
});
