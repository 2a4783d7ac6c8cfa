import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Task } from '../contracts/task.ts';
import { adhocTask } from '../tasks/adhoc-task.ts';
import { openExamples } from './open-examples.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-examples-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function task(id: string, more: Partial<Task> = {}): Task {
  const { language = 'python' } = more;
  return {
    ...adhocTask({ description: `Task ${id}.`, signature: 'def f(x):', language }),
    id,
    ...more,
  };
}

interface Row {
  readonly task: Task;
  readonly code: string;
  readonly label: 0 | 1;
  readonly split?: string;
}

let folders = 0;
function dataset(rows: readonly Row[]): string {
  folders += 1;
  const folder = mkdtempSync(join(home, `${folders}-`));
  const lines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  const tasks = new Map(rows.map((row) => [row.task.id, { split: row.split ?? 'train', task: row.task }]));
  writeFileSync(join(folder, 'tasks.jsonl'), lines([...tasks.values()]));
  writeFileSync(
    join(folder, 'candidates.jsonl'),
    lines(
      rows.map(({ task: { id }, code, label, split = 'train' }, index) => ({
        taskId: id,
        split,
        candidateId: `c${index}`,
        code,
        label,
        samples: 1,
      })),
    ),
  );
  return folder;
}

const a = task('a');
const b = task('b');
const rows: Row[] = [
  { task: a, code: 'def f(x):\n    return sorted(x)[0]', label: 1 },
  { task: a, code: 'def f(x):\n    return sorted(x)[1]', label: 0 },
  {
    task: b,
    code: 'def f(x):\n    total = 0\n    for y in x:\n        total += y\n    return total',
    label: 1,
  },
  {
    task: b,
    code: 'def f(x):\n    total = 1\n    for y in x:\n        total *= y\n    return total',
    label: 0,
  },
];
// The 500 most frequent n-grams tell nothing: here they are those of a program that stands there often.
const filler = Array.from({ length: 200 }, (_, line) => `    v${line} = w${line}`).join('\n');
const fillers = Array.from({ length: 5 }, (): Row => ({ task: task('z'), code: filler, label: 1 }));
const query = 'def f(x):\n    total = 0\n    for y in x:\n        total += y * y\n    return total';

describe('openExamples', () => {
  it('finds the nearest candidate and its opposite of the same task, with the task they are for', async () => {
    const examples = await openExamples(dataset([...rows, ...fillers]), []);
    const { correct, incorrect } = await examples.find(task('c'), query);
    expect([correct.code, incorrect.code]).toEqual([rows[2]?.code, rows[3]?.code]);
    expect(correct.task.description).toBe('Task b.');
  });

  it('never shows anything of the problem that the candidate is for', async () => {
    const of = (id: string, problem: string) => task(id, { problem });
    const examples = await openExamples(
      dataset(
        [...rows, ...fillers].map((row) => ({ ...row, task: of(row.task.id, `problem/${row.task.id}`) })),
      ),
      [],
    );
    const { correct, incorrect } = await examples.find(of('another benchmark', 'problem/b'), query);
    expect([correct.code, incorrect.code]).toEqual([rows[0]?.code, rows[1]?.code]);
  });

  it('never shows anything of a problem of equal words, whatever its id', async () => {
    const examples = await openExamples(dataset([...rows, ...fillers]), []);
    const { correct, incorrect } = await examples.find(
      { ...b, id: 'other', description: ' Task\n b. ' },
      query,
    );
    expect([correct.code, incorrect.code]).toEqual([rows[0]?.code, rows[1]?.code]);
  });

  it('shows training candidates alone, and those of the same language', async () => {
    const java = task('j', { language: 'java' });
    const examples = await openExamples(
      dataset([
        ...rows.slice(0, 2),
        ...rows.slice(2).map((row) => ({ ...row, split: 'test' })),
        { task: java, code: query, label: 1 },
        { task: java, code: `${query} `, label: 0 },
      ]),
      [],
    );
    const { correct, incorrect } = await examples.find(task('c'), query);
    expect([correct.code, incorrect.code]).toEqual([rows[0]?.code, rows[1]?.code]);
  });

  it('takes the file of candidates for its folder; other candidates give another digest', async () => {
    const folder = dataset(rows);
    const { digest } = await openExamples(folder, []);
    expect((await openExamples(join(folder, 'candidates.jsonl'), [])).digest).toBe(digest);
    expect((await openExamples(dataset(rows.slice(0, 2)), [])).digest).not.toBe(digest);
  });

  it('refuses a dataset without both labels, and what is no dataset', async () => {
    await expect(openExamples(dataset(rows.filter(({ label }) => label === 1)), [])).rejects.toThrow(
      /all candidates of training tasks are correct/,
    );
    await expect(openExamples(dataset(rows.map((row) => ({ ...row, split: 'test' }))), [])).rejects.toThrow(
      /no labelled candidates of training tasks/,
    );
    await expect(openExamples(join(home, 'nothing'), [])).rejects.toThrow(/tasks\.jsonl/);
    const broken = dataset(rows);
    writeFileSync(join(broken, 'candidates.jsonl'), '{"taskId":"a"}\n');
    await expect(openExamples(broken, [])).rejects.toThrow(/candidates\.jsonl:1: /);
  });
});
