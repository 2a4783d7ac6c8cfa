import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../test/support/collect.ts';
import { type FakeHub, sha256Of, startFakeHub } from '../../test/support/fake-hub.ts';
import { tinyParquet } from '../../test/support/tiny-parquet.ts';
import { BENCHMARKS } from '../tasks/benchmarks.ts';
import { listTaskSources } from './list-tasks.ts';
import { openTasks } from './open-tasks.ts';
import { type PullTasksOptions, pullTasks } from './pull-tasks.ts';

const FILE = 'openai_humaneval/test-00000-of-00001.parquet';
const REVISION = '7dce6050a7d6d172f3cc5c32aa97f52fa1a2e544';
const row = (number: number) => ({
  task_id: `HumanEval/${number}`,
  prompt: 'def f(x):\n    """ Doc. """\n',
  entry_point: 'f',
  canonical_solution: '    return x\n',
  test: 'def check(candidate):\n    pass\n',
});
const CONTENT = tinyParquet([row(0), row(1)]);

let home: string;
let hub: FakeHub;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'codejury-pull-'));
  hub = await startFakeHub();
  hub.put(FILE, CONTENT);
});
afterEach(async () => {
  await hub.close();
  await rm(home, { recursive: true, force: true });
});

const env = () => ({ HOME: home, CODEJURY_HOME: home, HF_ENDPOINT: hub.endpoint });
const pull = (options: Partial<PullTasksOptions> = {}) =>
  pullTasks({
    name: 'humaneval',
    offline: false,
    env: env(),
    timings: { retryDelaysMs: [1], answerTimeoutMs: 10_000, stallTimeoutMs: 10_000 },
    ...options,
  });
const destination = () => path.join(home, 'benchmarks', 'humaneval', path.basename(FILE));

describe('a pull', () => {
  it('fetches the pinned revision of the data set, and is read by its name afterwards', async () => {
    const notices: string[] = [];
    const pulled = await pull({ onNotice: (text) => notices.push(text) });
    expect(hub.requests[0]?.url).toBe(`/datasets/openai/openai_humaneval/resolve/${REVISION}/${FILE}`);
    expect(pulled).toMatchObject({
      name: 'humaneval',
      files: [
        { path: destination(), sizeBytes: CONTENT.length, sha256: sha256Of(CONTENT), checkedAgainst: 'hub' },
      ],
      counts: [{ benchmark: 'humaneval', language: 'python', tasks: 2, withTests: 2, withCanonical: 2 }],
    });
    expect(notices).toEqual([
      `nobody told the digest of hf:datasets/openai/openai_humaneval@${REVISION}/${FILE} before: trusted on this first use, sha256 ${sha256Of(CONTENT)} recorded`,
    ]);
    expect((await collect(openTasks('humaneval', { env: env() }))).map(({ id }) => id)).toEqual([
      'humaneval/python/0',
      'humaneval/python/1',
    ]);
    const { benchmarks } = await listTaskSources(env());
    expect(benchmarks.filter(({ isHere }) => isHere).map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual(
      [['humaneval', CONTENT.length]],
    );
  });

  it('asks nobody the second time, nor when nothing may be downloaded', async () => {
    await pull();
    const before = hub.requests.length;
    await pull();
    await pull({ offline: true });
    expect(hub.requests).toHaveLength(before);
  });

  it('takes up what broke off', async () => {
    hub.storageMishaps.push({ sendBytes: 100, ending: 'break' });
    expect((await pull()).files[0]?.sha256).toBe(sha256Of(CONTENT));
    expect(hub.sentBytes()).toBeLessThanOrEqual(CONTENT.length + 100);
  });
});

describe('refuses', () => {
  it('bytes that are not what the hub says', async () => {
    hub.put(FILE, CONTENT, 'a'.repeat(64));
    await expect(pull()).rejects.toMatchObject({ code: 'digest-mismatch' });
    expect(await readdir(path.dirname(destination()))).toEqual([]);
  });

  it('another file than the one that was trusted before', async () => {
    await pull();
    const other = tinyParquet([row(7)]);
    hub.put(FILE, other);
    await writeFile(destination(), 'damaged');
    await expect(pull()).rejects.toMatchObject({
      code: 'digest-mismatch',
      message: expect.stringContaining(`expected ${sha256Of(CONTENT)}`),
    });
    hub.put(FILE, CONTENT);
    await pull();
    expect(await readFile(destination())).toEqual(CONTENT);
  });

  it('to download when offline, a missing file, an unknown name', async () => {
    await expect(pull({ offline: true })).rejects.toMatchObject({ code: 'download' });
    expect(hub.requests).toEqual([]);
    await expect(pull({ name: 'mbpp' })).rejects.toMatchObject({
      code: 'download',
      message: expect.stringContaining('google-research-datasets/mbpp has no file full/prompt'),
    });
    await expect(pull({ name: 'humanevl' })).rejects.toMatchObject({
      code: 'not-found',
      hint: 'did you mean humaneval?',
    });
  });

  it('a file that holds no tasks', async () => {
    hub.put(FILE, tinyParquet([{ a: 'b' }]));
    await expect(pull()).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/parquet:1: not a known task format/),
    });
  });
});

it('every benchmark has a name of its own and a pinned revision', () => {
  expect(new Set(BENCHMARKS.map(({ name }) => name)).size).toBe(BENCHMARKS.length);
  for (const { name, revision, files, repository, language } of BENCHMARKS) {
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(revision).toMatch(/^[0-9a-f]{40}$/);
    expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/);
    expect(language).toMatch(/^[a-z+-]+$/);
    expect(new Set(files.map((file) => path.basename(file.path))).size).toBe(files.length);
    expect(files.length).toBeGreaterThan(0);
  }
});
