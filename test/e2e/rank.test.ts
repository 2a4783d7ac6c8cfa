import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EnsembleResult } from '../../src/contracts/ensemble-result.ts';
import type { RankResult } from '../../src/contracts/rank-result.ts';
import { selectionSchema } from '../../src/contracts/selection.ts';
import { writeTinyGguf } from '../../src/testing/write-tiny-gguf.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const path = (name: string) => join(home, name);
const lines = (name: string, records: readonly object[]) => {
  writeFileSync(path(name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path(name);
};
const model = path('tiny.gguf');
const bodies = ['x + 1', 'x + 1  # so', 'x - 1', '1 + x', 'x + 2', 'x'];
const samplesOf = (taskId: string) =>
  bodies.map((body, index) => ({
    taskId,
    code: `def inc(x):\n    return ${body}\n`,
    passed: [0, 1, 3].includes(index),
    meanLogProbability: -0.1 * (index + 1),
  }));
const samples = lines('samples.jsonl', [...samplesOf('one'), ...samplesOf('two')]);
const tasks = lines(
  'tasks.jsonl',
  ['one', 'two'].map((id) => ({
    id,
    language: 'python',
    description: 'Return x plus one.',
    signature: 'def inc(x):',
    entryPoint: 'inc',
  })),
);
const javaTasks = lines(
  'java.jsonl',
  ['one', 'two'].map((id) => ({ id, language: 'java', description: 'd', signature: 'int inc(int x)' })),
);

beforeAll(async () => {
  await writeTinyGguf(model, { contextSize: 2048, transitions: { '\n': { '1': 1, '0': 0 } } });
});

async function rank(out: string, ...more: string[]) {
  const args = ['rank', '--tasks', tasks, '--samples', samples, '--out', path(out), '--n', '2,4', ...more];
  const run = await runCodejury([...args, '--json', '--quiet'], { home });
  return { ...run, result: run.status === 0 ? (JSON.parse(run.stdout) as RankResult) : null };
}

describe('codejury rank', () => {
  it('writes what was chosen and reports it beside expectations; the same seed gives the same bytes', async () => {
    const scores = lines(
      'scores.jsonl',
      [0, 6].map((sample) => ({ sample, score: 1 })),
    );
    const wanted = ['random', 'multiplicity', 'log-likelihood', 'judge', `scores:${scores}`];
    const rankers = wanted.flatMap((name) => ['--ranker', name]);
    const first = await rank('a.jsonl', '--judge', model, ...rankers);
    expect(first.stderr).toBe('');
    const selections = readFileSync(path('a.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => selectionSchema.parse(JSON.parse(line)));
    // Tasks × repetitions × sizes × rankers.
    expect(selections).toHaveLength(2 * 10 * 2 * 5);
    expect(first.result).toMatchObject({ tasks: 2, labelledTasks: 2, samples: 12, candidates: 10 });
    const of = (name: string, n: number) =>
      first.result?.rows.find((row) => row.name === name && row.n === n)?.passAt1.value ?? -1;
    expect(of('single candidate', 4)).toBe(0.5);
    // The likeliest of a draw is its first sample; the oracle finds every draw with a right one.
    expect(of('oracle', 4)).toBe(1);
    expect(of('log-likelihood', 4)).toBeGreaterThan(of('log-likelihood', 2));

    const again = await rank('b.jsonl', '--judge', model, ...rankers);
    expect(again.status).toBe(0);
    expect(readFileSync(path('b.jsonl'), 'utf8')).toBe(readFileSync(path('a.jsonl'), 'utf8'));
    const other = await rank('c.jsonl', '--judge', model, ...rankers, '--seed', '2');
    expect(other.status).toBe(0);
    expect(readFileSync(path('c.jsonl'), 'utf8')).not.toBe(readFileSync(path('a.jsonl'), 'utf8'));
  });

  it('writes the same choices whatever the labels are', async () => {
    const turned = lines(
      'turned.jsonl',
      [...samplesOf('one'), ...samplesOf('two')].map((sample) => ({ ...sample, passed: !sample.passed })),
    );
    const rankers = ['--ranker', 'multiplicity', '--ranker', 'log-likelihood', '--ranker', 'random'];
    const plain = await rank('d.jsonl', ...rankers);
    const other = await rank('e.jsonl', ...rankers, '--labels', turned);
    expect(readFileSync(path('e.jsonl'), 'utf8')).toBe(readFileSync(path('d.jsonl'), 'utf8'));
    expect(other.result?.rows[0]?.passAt1.value).toBe(0.5);
    expect(plain.result?.rows).not.toEqual(other.result?.rows);
  });

  it.each([
    [['--ranker', 'codett'], 'did you mean codet?'],
    [['--ranker', 'shallow'], 'needs --train DATASET'],
    [['--ranker', 'scores'], 'needs --scores FILE'],
    [['--ranker', 'random:x'], 'takes nothing after a colon'],
    [['--ranker', 'random', '--ranker', 'codet', '--tasks', javaTasks], 'codet needs tasks in Python'],
    [['--n', '0'], '--n: expected a whole number from 1 on'],
  ])('%j is an error that helps', async (flags, message) => {
    const { status, stderr } = await rank('f.jsonl', ...flags);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('codejury ensemble fit', () => {
  const names = Array.from({ length: 40 }, (_, index) => ({
    taskId: `t${index % 8}`,
    candidateId: `c${index}`,
  }));
  const labels = lines(
    'labels.jsonl',
    names.map((name, index) => ({ ...name, label: index % 3 === 0 ? 1 : 0 })),
  );
  const verdicts = (judge: string, isRight: (index: number) => boolean) =>
    lines(
      `${judge}.jsonl`,
      names.map((name, index) => {
        const label = (index % 3 === 0) === isRight(index) ? 1 : 0;
        const confidence = 0.6 + (index % 5) / 20;
        const probabilityCorrect = label === 1 ? confidence : 1 - confidence;
        return { ...name, judge, label, confidence, probabilityCorrect, labelMass: 1, rating: null };
      }),
    );

  it('puts judges in the order of kappa, and writes a file that a team uses', async () => {
    const files = [verdicts('weak', (index) => index % 4 > 0), verdicts('strong', (index) => index % 11 > 0)];
    const out = path('combiner.json');
    const args = ['ensemble', 'fit', ...files.flatMap((file) => ['--verdicts', file]), '--labels', labels];
    const { status, stdout, stderr } = await runCodejury(
      [...args, '--method', 'forest', '--out', out, '--json'],
      {
        home,
      },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as EnsembleResult;
    expect(result.judges.map(({ name }) => name)).toEqual(['strong', 'weak']);
    expect(result.rows).toHaveLength(2 * 6);

    const team = path('team.yaml');
    const judges = ['weak', 'strong'].map((name) => `  - { model: "${model}", name: ${name} }\n`).join('');
    writeFileSync(team, `judges:\n${judges}combine: forest\ncombiner: combiner.json\n`);
    const ranked = await rank('g.jsonl', '--ranker', 'judge', '--team', team);
    expect(ranked.stderr).toBe('');
    expect(ranked.result?.rows.find(({ name }) => name === 'judge')?.how).toBe(
      'probability by weak + strong, forest',
    );
    writeFileSync(
      team,
      `judges: [{ model: "${model}", name: other }]\ncombine: forest\ncombiner: combiner.json\n`,
    );
    const wrong = await rank('h.jsonl', '--ranker', 'judge', '--team', team);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('was fitted for the judges strong, weak; the team has other');
    writeFileSync(team, 'combine: network\n');
    expect((await rank('i.jsonl', '--ranker', 'judge', '--team', team)).stderr).toContain(
      'the file with what was fitted',
    );
  });
});
