import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-malformed-'));
const path = (name: string) => join(home, name);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const lines = (...records: readonly object[]) => records.map((record) => JSON.stringify(record)).join('\n');
const task = (number: number) => ({
  task_id: `HumanEval/${number}`,
  prompt: `def f${number}(x):\n    """ Add ${number}. """\n`,
  entry_point: `f${number}`,
  canonical_solution: `    return x + ${number}\n`,
  test: `def check(candidate):\n    assert candidate(1) == ${number + 1}\n`,
});
const sample = (number: number) => ({ task_id: `HumanEval/${number}`, completion: '    return x\n' });

/** Text that gzip cannot make small, so that a cut is far from the beginning. */
const many = (record: (number: number) => object) =>
  gzipSync(
    lines(...Array.from({ length: 2_000 }, (_, number) => ({ ...record(number), noise: Math.sin(number) }))),
  );

const cut = (packed: Buffer) => packed.subarray(0, packed.length - 500);
const LONG_BYTES = 100_000_000;

interface Malformed {
  readonly fault: string;
  readonly content: () => string | Buffer;
  /** What is said behind the name of the file. */
  readonly says: RegExp;
}

const tasks: readonly Malformed[] = [
  { fault: 'gzip that is cut off', content: () => cut(many(task)), says: /:\d+: the gzip data is cut off/ },
  {
    fault: 'a line of 100 MB',
    content: () => `${lines(task(0))}\n${'x'.repeat(LONG_BYTES)}`,
    says: /:2: expected at most .* in one record, received more/,
  },
  {
    fault: 'a field of the wrong kind',
    content: () => lines(task(0), { ...task(1), prompt: ['no', 'text'] }),
    says: /:2: prompt: expected string, received/,
  },
  {
    fault: 'a field that is not there',
    content: () => lines(task(0), { ...task(1), entry_point: undefined }),
    says: /:2: entry_point: expected string, received nothing/,
  },
  {
    fault: 'an id that is there twice',
    content: () => lines(task(0), task(1), task(0)),
    says: /:3: the task humaneval\/python\/0 is there twice, first at .*:1/,
  },
  {
    fault: 'a line that is cut off',
    content: () => lines(task(0), task(1)).slice(0, -9),
    says: /:2: not JSON/,
  },
];

const samples: readonly Malformed[] = [
  {
    fault: 'gzip that is cut off',
    content: () => cut(many(() => sample(0))),
    says: /:\d+: the gzip data is cut off/,
  },
  {
    fault: 'a packed line of 100 MB',
    content: () => gzipSync(`${lines(sample(0))}\n${'x'.repeat(LONG_BYTES)}`),
    says: /:2: expected at most .* in one record, received more/,
  },
  {
    fault: 'a field of the wrong kind',
    content: () => lines(sample(0), { ...sample(1), completion: 7 }),
    says: /:2: completion: expected string, received 7/,
  },
  {
    fault: 'a field that is not there',
    content: () => lines(sample(0), { completion: 'x' }),
    says: /:2: (task_id|not a known format)/,
  },
  {
    fault: 'the id of no task',
    content: () => lines(sample(0), sample(9)),
    says: /:2: .*HumanEval\/9/,
  },
  {
    fault: 'a line that is cut off',
    content: () => lines(sample(0), sample(1)).slice(0, -9),
    says: /:2: not JSON/,
  },
];

beforeAll(() => {
  writeFileSync(path('good-tasks.jsonl'), lines(task(0), task(1)));
  writeFileSync(path('good-samples.jsonl'), lines(sample(0), sample(1)));
});

describe.each([
  ['tasks', tasks],
  ['samples', samples],
] as const)('malformed %s', (what, cases) => {
  it.each(cases)(
    '$fault: the error names file, line and field, and nothing is written',
    async ({ content, says }) => {
      const name = `bad-${what}.jsonl`;
      writeFileSync(path(name), content());
      const files = {
        tasks: path('good-tasks.jsonl'),
        samples: path('good-samples.jsonl'),
        [what]: path(name),
      };
      const given = ['--tasks', files.tasks, '--samples', files.samples];
      const before = readdirSync(home);
      for (const args of [
        ['execute', ...given, '--out', path('out.jsonl')],
        ['dataset', 'build', ...given, '--out', path('out')],
      ]) {
        const { status, stdout, stderr } = await runCodejury(args, { home: path('home') });
        expect(stderr).toContain(`${path(name)}:`);
        expect(stderr).toMatch(says);
        expect(stderr).not.toMatch(/\n\s+at .*\.ts:\d+/);
        expect(status).toBe(2);
        expect(stdout).toBe('');
      }
      expect(readdirSync(home).filter((entry) => entry !== 'home')).toEqual(
        before.filter((entry) => entry !== 'home'),
      );
    },
    60_000,
  );
});
