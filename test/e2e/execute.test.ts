import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecutedCandidate } from '../../src/contracts/executed-candidate.ts';
import { seededRandom } from '../../src/util/random.ts';
import { problem, titled } from '../execute/attack-bench.ts';
import { type CliResult, runCodejury } from './run-codejury.ts';

const KILLS = 20;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-execute-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const task = (id: string, name: string, expected: string) => ({
  task_id: id,
  prompt: `def ${name}(x):\n    """ Change x. """\n`,
  entry_point: name,
  canonical_solution: `    return ${expected}\n`,
  test: `def check(candidate):\n    assert candidate(1) == (lambda x: ${expected})(1)\n    assert candidate(5) == (lambda x: ${expected})(5)\n`,
});

const write = (name: string, records: readonly object[]): string => {
  const file = join(folder, name);
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
};
const lines = (file: string): ExecutedCandidate[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExecutedCandidate);

describe.skipIf(problem !== null)(titled('codejury execute'), () => {
  let tasks = '';
  let samples = '';
  const run = (out: string, more: readonly string[] = [], home = join(folder, 'home')): Promise<CliResult> =>
    runCodejury(['execute', '--tasks', tasks, '--samples', samples, '--out', out, ...more], { home });
  beforeAll(() => {
    tasks = write('tasks.jsonl.gz', [
      task('HumanEval/0', 'inc', 'x + 1'),
      task('HumanEval/1', 'double', '2 * x'),
      task('HumanEval/2', 'untried', 'x'),
    ]);
    samples = write('samples.jsonl.gz', [
      { task_id: 'HumanEval/0', completion: '    return x + 1\n' },
      { task_id: 'HumanEval/0', completion: '    return x + 2\n' },
      { task_id: 'HumanEval/1', completion: '    return y\n' },
      { task_id: 'HumanEval/0', completion: '    return x + 1\n' },
      { task_id: 'HumanEval/1', completion: '    return 2 *\n' },
    ]);
  });

  it('writes a line a distinct candidate, with outcome and feedback, and sums up', async () => {
    const out = join(folder, 'out.jsonl');
    const result = await run(out, ['--json', '--quiet']);
    expect(result.stderr).toBe('');
    expect(result.status).toBe(0);
    const rows = lines(out);
    expect(rows.map(({ samples, outcome, attempts }) => [samples, outcome, attempts])).toEqual([
      [[0, 3], 'passed', 1],
      [[1], 'failed', 1],
      [[2], 'runtime-error', 1],
      [[4], 'compile-error', 1],
    ]);
    expect(rows[1]).toMatchObject({
      taskId: 'humaneval/python/0',
      code: 'def inc(x):\n    """ Change x. """\n    return x + 2\n',
      feedback: { kind: 'AssertionError', input: 'candidate(1)', expected: '2', actual: '3' },
    });
    expect(rows[2]?.feedback).toMatchObject({ kind: 'NameError', line: 3 });
    expect(rows[3]?.feedback).toMatchObject({ kind: 'SyntaxError', line: 3 });
    expect(JSON.parse(result.stdout)).toMatchObject({
      tasks: 3,
      tasksWithoutSamples: 1,
      samples: 5,
      candidates: 4,
      passAtK: [
        { k: 1, value: (2 / 3 + 0) / 2, tasks: 2 },
        { k: 2, tasks: 2 },
      ],
      failedReferences: [],
      faults: [
        { outcome: 'compile-error', kind: 'SyntaxError', candidates: 1, example: { feedback: { line: 3 } } },
        { outcome: 'failed', kind: 'AssertionError', candidates: 1 },
        { outcome: 'runtime-error', kind: 'NameError', example: { taskId: 'humaneval/python/1' } },
      ],
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('out.jsonl'))).toEqual(['out.jsonl']);
  });

  it('runs nothing twice, unless told to', async () => {
    const log = join(folder, 'starts.log');
    const again = JSON.parse((await run(join(folder, 'again.jsonl'), ['--json', '--start-log', log])).stdout);
    expect(again).toMatchObject({ executed: 0, reused: 4 });
    expect(existsSync(log)).toBe(false);
    const anew = JSON.parse(
      (await run(join(folder, 'anew.jsonl'), ['--json', '--no-cache', '--start-log', log])).stdout,
    );
    expect(anew).toMatchObject({ executed: 4, reused: 0 });
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(4);
  });

  it('shows a table to people', async () => {
    const { stdout } = await run(join(folder, 'table.jsonl'));
    expect(stdout).toContain('5 samples of 2 tasks: 4 distinct candidates');
    expect(stdout).toMatch(/passed +2 +40\.0 % +1/);
    expect(stdout).toMatch(
      /failed: AssertionError +1 +humaneval\/python\/0: candidate\(1\) gave 3, expected 2/,
    );
    expect(stdout).toMatch(/pass@1 +0\.3333 +2/);
  });

  it(`survives ${KILLS} kills at random moments and runs again only what was under way`, async () => {
    const count = 120;
    const many = write(
      'many.jsonl',
      Array.from({ length: count }, (_, index) => ({
        task_id: 'HumanEval/0',
        completion: `    for _ in range(40_000): pass\n    return x + ${index % 3 === 0 ? 1 : 2} + 0 * ${index}\n`,
      })),
    );
    const home = join(folder, 'killed-home');
    const out = join(folder, 'killed.jsonl');
    const log = join(folder, 'killed.log');
    const args = [
      'execute',
      '--tasks',
      tasks,
      '--samples',
      many,
      '--out',
      out,
      '--workers',
      '2',
      '--start-log',
      log,
    ];
    const random = seededRandom(7);
    let finishedEarly = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const waitMs = 150 + random() * 500;
      const result = await runCodejury([...args, '--resume', '--quiet'], {
        home,
        onStart: (signal) => void setTimeout(() => signal('SIGKILL'), waitMs),
      });
      if (result.status === 0) finishedEarly += 1;
    }
    const last = await runCodejury([...args, '--resume', '--json', '--quiet'], { home });
    expect(last.status).toBe(0);
    const rows = lines(out);
    expect(rows).toHaveLength(count);
    expect(new Set(rows.map(({ candidateId }) => candidateId)).size).toBe(count);
    expect(rows.filter(({ outcome }) => outcome === 'passed')).toHaveLength(count / 3);
    const starts = Map.groupBy(readFileSync(log, 'utf8').trim().split('\n'), (id) => id);
    expect([...starts.keys()].sort()).toEqual(rows.map(({ candidateId }) => candidateId).sort());
    // Each kill can cost what was under way: at most one candidate a worker.
    const repeated = [...starts.values()].reduce((sum, { length }) => sum + length - 1, 0);
    expect(repeated).toBeLessThanOrEqual(2 * (KILLS - finishedEarly));
    expect(readdirSync(folder).filter((name) => /^killed\.jsonl\./.test(name))).toEqual([]);
  });

  it('refuses to resume another run than the interrupted one', async () => {
    const out = join(folder, 'other.jsonl');
    writeFileSync(`${out}.run.json`, JSON.stringify({ inputs: { tasks: 'other' } }));
    const result = await run(out, ['--resume']);
    expect(result.status).toBe(2);
    expect(result.stderr).toContain('changed since then: tasks');
    expect(existsSync(out)).toBe(false);
  });

  it('lets one run at a time write to a file', async () => {
    const out = join(folder, 'shared.jsonl');
    const endless = write('endless.jsonl', [
      { task_id: 'HumanEval/0', completion: '    import time; time.sleep(60)\n' },
    ]);
    const args = ['execute', '--tasks', tasks, '--samples', endless, '--out', out, '--limit', 'wallTime=20s'];
    const home = join(folder, 'shared-home');
    let stop = () => {};
    const first = runCodejury(args, {
      home,
      onStart: (signal) => {
        stop = () => signal('SIGKILL');
      },
    });
    while (!existsSync(`${out}.run.json`)) await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await runCodejury(args, { home });
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(/another run is writing to .*shared\.jsonl \(process \d+ on /);
    stop();
    await first;
    const third = await run(out, ['--json'], home);
    expect(third.status).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('shared.jsonl'))).toEqual(['shared.jsonl']);
  });

  it('gives no pass@k where candidates could not be executed', async () => {
    const result = await run(
      join(folder, 'starved.jsonl'),
      ['--limit', 'processes=1', '--json'],
      join(folder, 'h2'),
    );
    expect(result.status).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({
      outcomes: [{ outcome: 'sandbox-error', samples: 5 }],
      passAtK: [],
      notices: [expect.stringMatching(/^no pass@k, since 4 candidates could not be executed: /)],
    });
  });

  it('names what is wrong before anything is run', async () => {
    const wrong = async (args: readonly string[]) => {
      const result = await runCodejury(['execute', ...args], { home: join(folder, 'home') });
      expect(result.status).toBe(2);
      return result.stderr;
    };
    const out = ['--out', join(folder, 'x.jsonl')];
    expect(await wrong(['--tasks', tasks, '--samples', join(folder, 'no.jsonl'), ...out])).toContain(
      'no.jsonl',
    );
    const unknown = write('unknown.jsonl', [{ task_id: 'HumanEval/99', completion: 'x' }]);
    expect(await wrong(['--tasks', tasks, '--samples', unknown, ...out])).toMatch(
      /unknown\.jsonl:1: .*HumanEval\/99/,
    );
    expect(await wrong(['--tasks', tasks, '--samples', samples, '--out', join(folder, 'no', 'x')])).toContain(
      '--out',
    );
    expect(await wrong(['--tasks', tasks, '--samples', samples, ...out, '--workers', 'many'])).toContain(
      '--workers',
    );
    expect(await wrong(['--tasks', tasks, '--samples', samples, ...out, '--sandbox', 'soap'])).toContain(
      'soap',
    );
  });
});
