import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
beforeAll(async () => {
  await writeTinyGguf(model, { contextSize: 2048, transitions: { '\n': { '1': 1, '0': 0 } } });
});

async function rank(out: string, ...more: string[]) {
  const args = ['rank', '--tasks', tasks, '--samples', samples, '--out', path(out), '--n', '2,4', ...more];
  const run = await runCodejury([...args, '--json', '--quiet'], { home });
  return { ...run, result: run.status === 0 ? (JSON.parse(run.stdout) as RankResult) : null };
}

describe('codejury rank', () => {
  it('writes what was chosen and reports it beside expectations; the same seed gives the same choices, whatever the labels', async () => {
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

    const turned = lines(
      'turned.jsonl',
      [...samplesOf('one'), ...samplesOf('two')].map((sample) => ({ ...sample, passed: !sample.passed })),
    );
    const again = await rank('b.jsonl', '--judge', model, ...rankers, '--labels', turned);
    expect(readFileSync(path('b.jsonl'), 'utf8')).toBe(readFileSync(path('a.jsonl'), 'utf8'));
    expect(again.result?.rows[0]?.passAt1.value).toBe(0.5);
    expect(again.result?.rows).not.toEqual(first.result?.rows);
  });

  it('takes a private language from a file, for the pool and for its judges', async () => {
    const example = join(import.meta.dirname, '../../examples/private-language');
    const given = lines('rules.jsonl', [
      { taskId: 'rulescript/larger', code: 'rule larger(a, b)\n  give a\ndone', passed: false },
      { taskId: 'rulescript/larger', code: 'rule larger(a, b)\n  give b\ndone', passed: false },
    ]);
    const { status, stderr } = await runCodejury(
      [
        ...['rank', '--tasks', join(example, 'tasks'), '--samples', given, '--out', path('rules-out.jsonl')],
        ...['--n', '2', '--ranker', 'judge', '--judge', model, '--quiet'],
        ...['--language-file', join(example, 'language.yaml')],
      ],
      { home },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('is an error that helps, before anything is read', async () => {
    const { status, stderr } = await rank('f.jsonl', '--ranker', 'codett');
    expect(status).toBe(2);
    expect(stderr).toContain('did you mean codet?');
  });

  it('asks a team whose judges are combined as `ensemble fit` wrote', async () => {
    const names = Array.from({ length: 40 }, (_, index) => ({
      taskId: `t${index % 8}`,
      candidateId: `c${index}`,
    }));
    const labels = lines(
      'labels.jsonl',
      names.map((name, index) => ({ ...name, label: index % 3 === 0 ? 1 : 0 })),
    );
    const verdicts = lines(
      'verdicts.jsonl',
      names.map((name, index) => {
        const probabilityCorrect = (index % 3 === 0) === index % 11 > 0 ? 0.8 : 0.3;
        const label = probabilityCorrect > 0.5 ? 1 : 0;
        return { ...name, judge: 'mine', label, probabilityCorrect, confidence: 0.8 };
      }),
    );
    const args = ['ensemble', 'fit', '--verdicts', verdicts, '--labels', labels, '--combine', 'forest'];
    const fit = await runCodejury([...args, '--out', path('combiner.json'), '--json'], { home });
    expect(fit.stderr).toBe('');
    expect(JSON.parse(fit.stdout)).toMatchObject({ usedJudges: ['mine'], combine: 'forest' });
    const team = path('team.yaml');
    const judge = `{ model: "${model}", name: mine }`;
    writeFileSync(team, `judges: [${judge}]\ncombine: forest\ncombiner: combiner.json\n`);
    const ranked = await rank('g.jsonl', '--ranker', 'judge', '--team', team);
    expect(ranked.stderr).toBe('');
    expect(ranked.result?.rows.find(({ name }) => name === 'judge')?.how).toBe('probability by mine');
  });
});
