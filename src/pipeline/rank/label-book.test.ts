import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { createTaskIndex } from '../../tasks/task-index.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { labelsOf, readLabels } from './label-book.ts';
import { readPools } from './read-pools.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-labels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function lines(name: string, records: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path;
}

const task = (id: string) => ({
  ...adhocTask({ description: 'Add one.', signature: 'def inc(x):', language: 'python' }),
  id,
  prompt: 'def inc(x):\n    """Add one."""\n',
  entryPoint: 'inc',
});
const tasks = createTaskIndex([task('one'), task('two')]);
const known = { tasks, languages: [] };
const code = (body: string) => `def inc(x):\n    return ${body}\n`;
const samples = lines('samples.jsonl', [
  { taskId: 'one', form: 'completion', text: '    return x + 1\n' },
  { taskId: 'one', form: 'chat', text: 'Sure:\n```python\ndef inc(x):\n    return x + 2\n```\n' },
  { taskId: 'two', form: 'code', text: `# mine\n${code('x + 3')}` },
]);
const executed = (taskId: string, index: number, text: string, outcome = 'passed') => ({
  ...{ taskId, candidateId: candidateId(taskId, text), samples: [index], generator: null, code: text },
  ...{ rejected: null, outcome, feedback: null, durationMs: 1, attempts: 1 },
});
const completed = `${task('one').prompt}    return x + 1\n`;
const right = [
  executed('one', 0, completed),
  executed('one', 1, 'def inc(x):\n    return x + 2', 'failed'),
  executed('two', 2, `# mine\n${code('x + 3')}`, 'failed'),
];

async function read(records: readonly object[]) {
  const pools = await readPools({
    ...{ samples, tasks, languages: [], dedupe: 'tokens', maxTasks: null },
    signal: new AbortController().signal,
  });
  return readLabels(lines('labels.jsonl', records), known, pools);
}

describe('readLabels', () => {
  it('takes what execute made of the same samples', async () => {
    expect(await read(right)).toEqual(
      new Map([
        [0, true],
        [1, false],
        [2, false],
      ]),
    );
  });

  it('takes the samples themselves with a label, and the function alone', async () => {
    const labelled = [
      { taskId: 'one', form: 'completion', text: '    return x + 1\n', passed: true },
      { taskId: 'one', form: 'code', text: code('x + 2'), passed: false },
      { taskId: 'two', form: 'code', text: `# mine\n${code('x + 3')}`, passed: true },
    ];
    expect((await read(labelled)).size).toBe(3);
  });

  it('refuses two labels of a sample that contradict each other', async () => {
    await expect(read([...right, executed('one', 0, completed, 'failed')])).rejects.toThrow(
      /labels.jsonl:4: sample 0 failed here, and passed before/,
    );
    expect((await read([...right, ...right])).size).toBe(3);
  });

  it('refuses labels of other samples, naming the line', async () => {
    const [first, second, third] = right;
    const other = executed('one', 1, code('x + 20'));
    await expect(read([first, other, third].map((record) => record ?? {}))).rejects.toThrow(
      /labels.jsonl:2: sample 1 of one is other code than among the samples/,
    );
    await expect(read([executed('two', 0, completed), second ?? {}])).rejects.toThrow(
      /labels.jsonl:1: sample 0 is one of two here, and one of one among the samples/,
    );
  });
});

describe('labelsOf', () => {
  it('counts as failed what execute found nothing to run in, whatever its remains look like', async () => {
    const remains = {
      ...executed('one', 1, code('x + 2')),
      rejected: { reason: 'incomplete', detail: 'it ends too soon' },
    };
    const { pools, given } = await readPools({
      samples: lines('rejected.jsonl', [executed('one', 0, completed), { ...remains, outcome: null }]),
      ...{ tasks, languages: [], dedupe: 'tokens', maxTasks: null },
      signal: new AbortController().signal,
    });
    const [pool] = pools;
    expect(pool === undefined ? null : labelsOf(pool, given)?.samples).toEqual([true, false]);
    expect(pool?.samples.map(({ candidate }) => candidate === null)).toEqual([false, true]);
  });
});
