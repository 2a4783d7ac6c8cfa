import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectionReport } from '../../src/contracts/inspection.ts';
import { runCodejury } from '../e2e/run-codejury.ts';
import { problem, titled } from './attack-bench.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-inspect-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface WrittenTask {
  readonly id: string;
  readonly tests: string | { readonly before: string; readonly after: string };
  readonly canonical?: string;
  readonly signature?: string;
}

const write = (name: string, records: readonly object[]): string => {
  const file = join(folder, name);
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
};

const tasksFile = (name: string, language: string, signature: string, tasks: readonly WrittenTask[]) =>
  write(
    name,
    tasks.map((task) => ({ language, description: 'Twice the number.', signature, ...task })),
  );

const inspect = async (file: string, ...more: string[]) => {
  const { status, stdout, stderr } = await runCodejury(
    ['tasks', 'inspect', file, '--json', '--quiet', ...more],
    {
      home: join(folder, 'home'),
    },
  );
  expect(stderr).toBe('');
  return { status, report: JSON.parse(stdout) as InspectionReport };
};
const reasons = ({ tasks }: InspectionReport) => tasks.map(({ taskId, reason }) => [taskId, reason]);

describe.skipIf(problem !== null)(titled('tasks inspect'), () => {
  const SOUND = 'assert f(1) == 2\nassert f(2) == 4\nassert f(-3) == -6\n';
  const CANONICAL = 'def f(x):\n    return 2 * x\n';
  let python = '';
  beforeAll(() => {
    python = tasksFile('python.jsonl', 'python', 'def f(x):', [
      { id: 'sound', tests: SOUND, canonical: CANONICAL },
      { id: 'wrong-solution', tests: SOUND, canonical: 'def f(x):\n    return x\n' },
      { id: 'asserts-nothing-of-it', tests: 'f(1)\nf(2)\nf(3)\n', canonical: CANONICAL },
      { id: 'zero', tests: 'assert f(0) == 0\nassert f(0) < 1\nassert not f(0)\n', canonical: CANONICAL },
      { id: 'never-compiles', tests: `${SOUND}assert f(1 ==\n` },
      { id: 'calls-nothing', tests: 'assert 1 == 1\nassert 2 == 2\nassert 3 == 3\n' },
      {
        id: 'swallows',
        tests:
          'def check(x, y):\n    try:\n        z = f(x)\n    except Exception:\n        return\n    assert z == y\ncheck(1, 2)\ncheck(2, 4)\n',
        canonical: CANONICAL,
      },
      {
        // The order of sets is one of those things that differ with the seed; this says so without chance.
        id: 'flaky',
        tests: `${SOUND}import sys\nassert sys.flags.hash_randomization == 0\n`,
        canonical: CANONICAL,
      },
      {
        id: 'identity',
        tests: 'assert f(0) == 0\nassert f("") == ""\nassert f(()) == ()\n',
        canonical: CANONICAL,
      },
      { id: 'without-solution', tests: SOUND },
    ]);
  });

  it('finds every kind of weak task, and says what it saw', async () => {
    const exclusions = join(folder, 'weak.yaml');
    const { status, report } = await inspect(python, '--exclusions', exclusions, '--workers', '2');
    expect(status).toBe(0);
    expect(reasons(report)).toEqual([
      ['sound', null],
      ['wrong-solution', 'reference-fails'],
      ['asserts-nothing-of-it', 'empty-passes'],
      ['zero', 'dummy-passes'],
      ['never-compiles', 'tests-do-not-compile'],
      ['calls-nothing', 'empty-passes'],
      ['swallows', 'throwing-passes'],
      ['flaky', 'flaky'],
      ['identity', null],
      ['without-solution', null],
    ]);
    const evidence = Object.fromEntries(report.tasks.map((task) => [task.taskId, task.evidence]));
    expect(evidence).toMatchObject({
      'wrong-solution': 'its own solution: failed: f(1) gave 1, expected 2',
      'asserts-nothing-of-it': '`pass` passes all tests',
      zero: '`return 0`, `return False` pass all tests',
      flaky: expect.stringMatching(/^its own solution: passed once, failed 4 times/),
    });
    const warnings = report.tasks.flatMap((task) => task.warnings.map(({ kind }) => [task.taskId, kind]));
    expect(warnings).toContainEqual(['identity', 'extended-passes']);
    expect(warnings).toContainEqual(['without-solution', 'no-solution']);
    expect(report.counts).toMatchObject({ tasks: 10, notInspected: 0, kept: 3 });
    expect(report.counts.dropped.map(({ tasks }) => tasks)).toEqual([1, 2, 1, 1, 1, 1]);
    expect(report.parameters).toMatchObject({ seeds: [0, 1, 2, 3, 4], sandbox: 'bubblewrap' });
    expect(readFileSync(exclusions, 'utf8')).toContain('- id: zero\n    reason: dummy-passes\n');

    const samples = write('samples.jsonl', [
      { taskId: 'sound', code: CANONICAL },
      { taskId: 'zero', code: CANONICAL },
    ]);
    const out = join(folder, 'out.jsonl');
    const executed = await runCodejury(
      ['execute', '--tasks', python, '--samples', samples, '--out', out, '--exclude', exclusions, '--json'],
      { home: join(folder, 'home') },
    );
    expect(JSON.parse(executed.stdout)).toMatchObject({ samples: 1, candidates: 1 });
  });

  it.each([
    {
      language: 'javascript',
      signature: 'function f(x)',
      body: 'return 2 * x;',
      sound: 'assert.equal(f(1), 2);\nassert.equal(f(2), 4);\nassert.equal(f(-3), -6);',
      weak: [
        ['f(1);\nf(2);\nf(3);', 'empty-passes'],
        ['assert.equal(f(0), 0);', 'dummy-passes'],
        ['assert.equal(f(1, 2);', 'tests-do-not-compile'],
        [
          'try { assert.equal(f(1), 2); } catch (error) { if (error.code !== undefined) throw error; }',
          'throwing-passes',
        ],
      ],
      frame: ['', "const assert = require('node:assert');\n", ''],
    },
    {
      language: 'typescript',
      signature: 'function f(x: number): number',
      body: 'return 2 * x;',
      sound:
        'if (f(1) !== 2) throw new Error();\nif (f(2) !== 4) throw new Error();\nif (f(-3) !== -6) throw new Error();',
      weak: [
        ['f(1);\nf(2);\nf(3);', 'dummy-passes'],
        ['f("1");', 'tests-do-not-compile'],
      ],
      frame: ['', '', ''],
    },
    {
      language: 'java',
      signature: 'static int f(int x)',
      body: 'return 2 * x;',
      sound: 'assert f(1) == 2;\nassert f(2) == 4;\nassert f(-3) == -6;',
      weak: [
        ['f(1);\nf(2);\nf(3);', 'dummy-passes'],
        ['assert f("1") == 2;', 'tests-do-not-compile'],
        ['try { assert f(1) == 2; } catch (RuntimeException none) { return; }', 'throwing-passes'],
      ],
      frame: ['class Problem {\n', 'public static void main(String[] args) {\n', '\n}\n}\n'],
    },
  ])('finds weak tasks in $language', async ({ language, signature, body, sound, weak, frame }) => {
    const [before = '', start = '', end = ''] = frame;
    const tests = (text: string) => ({ before, after: start + text + end });
    const tasks = [
      { id: 'sound', tests: tests(sound), canonical: `${signature} {\n  ${body}\n}\n` },
      ...weak.map(([text = '', reason = '']) => ({ id: reason, tests: tests(text) })),
    ];
    const { report } = await inspect(
      tasksFile(`${language}.jsonl`, language, signature, tasks),
      '--runs',
      '2',
    );
    expect(reasons(report)).toEqual([['sound', null], ...weak.map(([, reason]) => [reason, reason])]);
    expect(report.tasks[0]?.warnings).toEqual([]);
  });

  it('prints counts, reasons and evidence for people, and fails on demand', async () => {
    const { status, stdout } = await runCodejury(
      ['tasks', 'inspect', python, '--runs', '0', '--only', 'zero', '--only', 'sound', '--fail-on-dropped'],
      { home: join(folder, 'home') },
    );
    expect(status).toBe(3);
    const text = stdout.replace(/^.*\n/, '').replace(/ +/g, ' ');
    expect(text).toContain(
      '\ntasks 2\n- its own solution fails 0\n- an empty body passes 0\n- a constant passes 1\n',
    );
    expect(text).toContain(
      '= kept 1\n\ndropped\nzero a constant passes `return 0`, `return False` pass all tests\n',
    );
  });

  it('uses candidates in place of a solution', async () => {
    const samples = write('given.jsonl', [
      { taskId: 'without-solution', code: 'def f(x):\n    return x + 1\n' },
      { taskId: 'without-solution', code: CANONICAL },
    ]);
    const { report } = await inspect(
      python,
      '--only',
      'without-solution',
      '--samples',
      samples,
      '--runs',
      '2',
    );
    expect(report.tasks[0]).toMatchObject({ verdict: 'kept', warnings: [] });
    expect(report.tasks[0]?.repeats.map(({ outcomes }) => outcomes)).toEqual([
      ['passed', 'passed'],
      ['failed', 'failed'],
    ]);
  });

  it('says before anything runs what is wrong with the request', async () => {
    const broken = await runCodejury(['tasks', 'inspect', python, '--only', 'sond'], { home: folder });
    expect([broken.status, broken.stderr]).toEqual([2, expect.stringContaining('did you mean sound?')]);
    const list = await runCodejury(['tasks', 'inspect', python, '--exclusions', 'x.txt'], { home: folder });
    expect([list.status, list.stderr]).toEqual([2, expect.stringContaining('.yaml or .json')]);
    const runs = await runCodejury(['tasks', 'inspect', python, '--runs', 'many'], { home: folder });
    expect([runs.status, runs.stderr]).toEqual([2, expect.stringContaining('--runs')]);
  });
});
