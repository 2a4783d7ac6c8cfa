import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeHub, startFakeHub } from '../support/fake-hub.ts';
import { tinyParquet } from '../support/tiny-parquet.ts';
import { runCodejury } from './run-codejury.ts';

let home: string;
let hub: FakeHub;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'codejury-e2e-tasks-'));
  hub = await startFakeHub();
});
afterAll(async () => {
  await hub.close();
  await rm(home, { recursive: true, force: true });
});

const row = (number: number) => ({
  task_id: `HumanEval/${number}`,
  prompt: 'def f(x):\n    """ Doc. """\n',
  entry_point: 'f',
  canonical_solution: '    return x\n',
  test: 'def check(candidate):\n    pass\n',
});
const run = (...args: string[]) =>
  runCodejury(['tasks', ...args], { home, env: { HF_ENDPOINT: hub.endpoint } });

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(home, name);
  await writeFile(path, content);
  return path;
}

it('lists sources, pulls one, shows a task of it', async () => {
  const before = await run('list', '--json');
  expect(before.status).toBe(0);
  const sources = JSON.parse(before.stdout);
  expect(sources.bundled).toContainEqual(expect.objectContaining({ source: 'bundled:python' }));
  expect(sources.benchmarks).toContainEqual(expect.objectContaining({ name: 'humaneval', isHere: false }));

  hub.put('openai_humaneval/test-00000-of-00001.parquet', tinyParquet([row(0), row(1)]));
  const pulled = await run('pull', 'humaneval', '--json');
  expect(JSON.parse(pulled.stdout).counts).toMatchObject([{ benchmark: 'humaneval', tasks: 2 }]);

  const shown = await run('show', 'humaneval', 'HumanEval/1', '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject({ id: 'humaneval/python/1', description: 'Doc.' });
  const forPeople = await run('show', 'humaneval', '1');
  expect(forPeople.stdout).toMatch(
    /^humaneval\/python\/1 {2}\(python, problem humaneval\/1\)\n\nDoc\.\n\ndef f\(x\):\n/,
  );
  expect((await run('list', 'humaneval')).stdout.trim().split('\n')).toHaveLength(3);
});

it('imports a benchmark; what it writes is read and imported again to the same bytes', async () => {
  const source = await fileWith(
    'h.jsonl.gz',
    gzipSync([row(0), row(1)].map((one) => JSON.stringify(one)).join('\n')),
  );
  const out = join(home, 'own.jsonl');
  const imported = await run('import', source, '--out', out);
  expect(imported).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/humaneval {2}python {4}2 .*\nwrote /s),
  });
  const again = join(home, 'again.jsonl');
  expect((await run('import', out, '--out', again, '--json')).status).toBe(0);
  expect(await readFile(again, 'utf8')).toBe(await readFile(out, 'utf8'));
  // The same as `show` prints.
  expect((await run('show', source, '--json')).stdout).toBe(await readFile(out, 'utf8'));
});

it('leaves nothing half-written', async () => {
  const source = await fileWith('bad.jsonl', `${JSON.stringify(row(0))}\n${JSON.stringify(row(0))}\n`);
  const out = await fileWith('kept.jsonl', 'old\n');
  const result = await run('import', source, '--out', out);
  expect(result).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/bad\.jsonl:2: the task humaneval\/python\/0 is there twice/),
  });
  expect(await readFile(out, 'utf8')).toBe('old\n');
  expect((await readdir(home)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const missing = await run('import', source, '--out', join(home, 'no', 'out.jsonl'), '--json');
  expect(missing.status).toBe(2);
  expect(JSON.parse(missing.stderr).error).toMatchObject({ code: 'not-found' });
  // Told before the work, not after it.
  const inspected = await run('inspect', source, '--exclusions', join(home, 'no', 'weak.yaml'));
  expect(inspected).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/--exclusions: there is no folder/),
  });
});
