import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveLimits } from '../limits.ts';
import { driverScript } from './driver-script.ts';

const sh = (script: string, ...rest: string[]) => ['/bin/sh', '-c', script, 'sh', ...rest];

describe.skipIf(process.platform === 'win32')('driverScript', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codejury-driver-'));
    writeFileSync(join(folder, "it's"), 'source');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (commands: {
    compile: readonly string[] | null;
    run: readonly string[] | null;
    removed?: string[];
  }) => {
    const script = driverScript({
      removed: [],
      ...commands,
      mark: 'MARK',
      compileCpuTimeMs: 5_000,
      runLimits: resolveLimits(),
    });
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', script], { cwd: folder, input: 'given' });
    return { status, stdout: stdout.toString(), stderr: stderr.toString() };
  };

  it('says nothing of what a compiler prints that succeeds, and becomes the program', () => {
    const said = run({
      compile: sh('echo warning; cat; echo "$1" > made', "it's $HOME"),
      run: sh('cat made; cat; echo error >&2; exit 3'),
    });
    expect(said).toEqual({ status: 3, stdout: "MARK 0\nit's $HOME\ngivenerror\n", stderr: '' });
  });

  it('hands on the output of a compiler that fails, and runs nothing', () => {
    const said = run({ compile: sh('echo MARK 0; echo bad >&2; exit 2'), run: sh('echo ran') });
    expect(said).toEqual({ status: 0, stdout: 'MARK 2\nMARK 0\nbad\n', stderr: '' });
  });

  it('only compiles where nothing is to be run', () => {
    expect(run({ compile: sh('true'), run: null }).stdout).toBe('MARK 0\n');
  });

  it('removes what is not needed, and everything of its own', () => {
    run({ compile: sh('echo x'), run: sh('true'), removed: ["it's"] });
    expect(readdirSync(folder)).toEqual([]);
  });
});
