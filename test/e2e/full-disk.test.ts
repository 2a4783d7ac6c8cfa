import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecuteSummary } from '../../src/contracts/execute-summary.ts';
import { describeSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { runCodejury } from './run-codejury.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-full-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
const mount = (options: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'codejury-test', disk], { encoding: 'utf8' });
const problem =
  (await describeSandbox(process.env)).problem ??
  (mount('size=400k').status === 0 ? null : 'only root may mount a small disk');
afterAll(() => {
  if (problem === null) spawnSync('umount', [disk]);
  rmSync(folder, { recursive: true, force: true });
});

const CANDIDATES = 200;
const tasks = join(folder, 'tasks.jsonl');
const samples = join(folder, 'samples.jsonl');
const starts = join(folder, 'starts');

beforeAll(() => {
  const task = {
    task_id: 'HumanEval/0',
    prompt: 'def f(x):\n    """ Add 1. """\n',
    entry_point: 'f',
    canonical_solution: '    return x + 1\n',
    test: 'def check(candidate):\n    assert candidate(1) == 2\n',
  };
  writeFileSync(tasks, JSON.stringify(task));
  const lines = Array.from({ length: CANDIDATES }, (_, number) =>
    JSON.stringify({ task_id: task.task_id, completion: `    return x + 1 + 0 * ${number}\n` }),
  );
  writeFileSync(samples, lines.join('\n'));
});

const execute = (out: string, home: string, ...more: string[]) =>
  runCodejury(
    [
      'execute',
      '--tasks',
      tasks,
      '--samples',
      samples,
      '--out',
      out,
      '--start-log',
      starts,
      '--json',
      '--quiet',
      ...more,
    ],
    { home },
  );
const outcomes = (out: string) =>
  readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).outcome);

describe.skipIf(problem !== null)(`a full disk${problem === null ? '' : ` (skipped: ${problem})`}`, () => {
  it('of the results: the run ends with what to do, keeps what it has, and goes on where it was', async () => {
    const out = join(folder, 'out.jsonl');
    const home = join(disk, 'home');
    const first = await execute(out, home);
    expect(first.status).toBe(1);
    expect(JSON.parse(first.stderr)).toMatchObject({
      error: {
        code: 'disk-full',
        message: `cannot write ${join(home, 'results.sqlite')}: the disk is full`,
        hint: expect.stringMatching(/CODEJURY_HOME.*--no-cache/),
      },
    });
    expect(first.stdout).toBe('');
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder).filter((name) => /sqlite|\.tmp$/.test(name))).toEqual([]);

    expect(mount('remount,size=50m').status).toBe(0);
    const startedBefore = readFileSync(starts, 'utf8').trim().split('\n').length;
    const second = await execute(out, home, '--resume');
    expect(second.status, second.stderr).toBe(0);
    const { executed, reused } = JSON.parse(second.stdout) as ExecuteSummary;
    expect(reused).toBeGreaterThan(0);
    expect(executed + reused).toBe(CANDIDATES);
    // What was recorded was not run again; the others that had been started were in flight.
    expect(readFileSync(starts, 'utf8').trim().split('\n').length).toBe(startedBefore + executed);
    expect(outcomes(out)).toEqual(Array(CANDIDATES).fill('passed'));
  }, 60_000);

  it('of the output: nothing half-written, and no result is lost', async () => {
    const out = join(disk, 'out.jsonl');
    const home = join(folder, 'home');
    rmSync(join(disk, 'home'), { recursive: true });
    expect(mount('remount,size=400k').status).toBe(0);
    const filler = join(disk, 'filler');
    // Room for the table of the run, not for the output beside it.
    writeFileSync(filler, Buffer.alloc(310 * 1024));
    const first = await execute(out, home);
    expect(first.status).toBe(1);
    expect(JSON.parse(first.stderr)).toMatchObject({
      error: { code: 'disk-full', message: expect.stringContaining(`cannot write ${out}`) },
    });
    expect(readdirSync(disk).filter((name) => name !== 'out.jsonl.run.json')).toEqual(['filler']);

    rmSync(filler);
    const second = await execute(out, home, '--resume');
    expect(second.status, second.stderr).toBe(0);
    expect(outcomes(out)).toEqual(Array(CANDIDATES).fill('passed'));
  }, 60_000);
});

it.skipIf(!existsSync('/dev/full'))('of standard output: said on the other stream', async () => {
  const main = join(import.meta.dirname, '../../src/cli/main.ts');
  const { status, stderr } = spawnSync(
    '/bin/sh',
    ['-c', '"$0" "$1" tasks list bundled >/dev/full', process.execPath, main],
    { encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/cannot write to standard output: the disk is full/);
});
