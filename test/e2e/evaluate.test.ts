import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvaluateResult } from '../../src/contracts/judge-evaluation.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function file(name: string, records: readonly object[]): string {
  const path = join(home, name);
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path;
}

/** Four tasks of five candidates, the first two of each correct. */
const candidates = Array.from({ length: 20 }, (_, i) => ({
  ...{ taskId: `task ${Math.floor(i / 5)}`, candidateId: `candidate ${i}` },
  label: i % 5 < 2 ? 1 : 0,
}));
const labels = file('labels.jsonl', candidates);
/** One judge is sure and always right, the other says "correct" of the last candidate of each task too. */
const verdicts = file(
  'verdicts.jsonl',
  ['perfect', 'lenient'].flatMap((judge) =>
    candidates.map(({ taskId, candidateId, label }, index) => {
      const probabilityCorrect = label === 1 ? 0.95 : judge === 'lenient' && index % 5 === 4 ? 0.6 : 0.1;
      const confidence = Math.max(probabilityCorrect, 1 - probabilityCorrect);
      const said = probabilityCorrect > 0.5 ? 1 : 0;
      return {
        index,
        taskId,
        candidateId,
        judge,
        label: said,
        confidence,
        probabilityCorrect,
        labelMass: 0.9,
      };
    }),
  ),
);
const args = ['evaluate', '--verdicts', verdicts, '--labels', labels];

describe('codejury evaluate', () => {
  it('does not forget the first of two files of labels', async () => {
    const { stderr, status } = await runCodejury([...args, '--labels', 'other.jsonl'], { home });
    expect(stderr).toContain(`--labels: expected one, received ${labels} and other.jsonl`);
    expect(status).toBe(2);
  });

  it('prints a column a judge, and the tables of each', async () => {
    const { stdout, stderr, status } = await runCodejury([...args, '--quiet'], { home });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ +perfect +lenient$/m);
    expect(stdout).toMatch(/^kappa +1\.000 \[1\.000, 1\.000\] +0\.615 \[0\.615, 0\.615\]$/m);
    expect(stdout).toMatch(/^agreement +perfect +substantial$/m);
    expect(stdout).toMatch(/^is wrong +33\.3 % \[33\.3, 33\.3\] \(4\) +66\.7 % \[66\.7, 66\.7\] \(8\)$/m);
    expect(stdout).toMatch(
      /^0\.9 +80\.0 % \[80\.0, 80\.0\] +100\.0 % \[100\.0, 100\.0\] +66\.7 % +100\.0 % \[100\.0, 100\.0\] +100\.0 %$/m,
    );
    expect(stdout).toMatch(/^0\.6 to 0\.7 +4 +0\.600 +0\.000$/m);
  });

  it('prints one JSON document with --json', async () => {
    const { stdout } = await runCodejury([...args, '--json', '--seed', '3', '--resamples', '50'], { home });
    const { judges, ...facts } = JSON.parse(stdout) as EvaluateResult;
    expect(facts).toEqual({
      ...{ labels, split: null, labelled: 20, resamples: 50, seed: 3 },
      ...{ comparisons: [], notices: [] },
    });
    expect(judges.map(({ judge, confusion }) => [judge, confusion.falsePositives])).toEqual([
      ['perfect', 0],
      ['lenient', 4],
    ]);
  });

  it('wants to know whom to calibrate', async () => {
    const { status, stderr } = await runCodejury([...args, '--calibrate'], { home });
    expect(status).toBe(2);
    expect(stderr).toContain('name its --profile');
  });

  it('compares judges, adjusted over all pairs', async () => {
    const third = file(
      'third.jsonl',
      candidates.map(({ taskId, candidateId }) => ({ taskId, candidateId, judge: 'no', label: 0 })),
    );
    const { stdout } = await runCodejury(
      [...args, '--quiet', third, '--compare', 'no', 'perfect', 'lenient'],
      {
        home,
      },
    );
    expect(stdout).toMatch(/^no - perfect +20 +-0\.400 \[-0\.400, -0\.400\] +-1\.000 .* +0\.1250 +0\.1250$/m);
    expect(stdout).toMatch(
      /^perfect - lenient +4 +0 +0\.1250 +exact +0\.1875 +9\.000 \[0\.485, 167\.\d+\]\*$/m,
    );
    expect(stdout).toContain('Benjamini and Hochberg, over 3 comparisons');
  });

  it('shows all thresholds when asked to', async () => {
    const { stdout } = await runCodejury([...args, '--quiet', '--thresholds'], { home });
    expect(stdout.match(/^(0\.\d\d|1\.00) +\d/gm)).toHaveLength(2 * 29);
  });

  it('measures what rankers chose', async () => {
    const chosen = (name: string, place: number) =>
      file(
        name,
        [0, 1, 2, 3].map((task) => ({
          ...{ taskId: `task ${task}`, repetition: 0, ranker: 'judge', n: 5 },
          ...{
            candidateId: `candidate ${5 * task + (task === 0 ? 4 : place)}`,
            score: null,
            escalated: false,
          },
        })),
      );
    const [a, b] = [chosen('a.jsonl', 0), chosen('b.jsonl', 3)];
    const measured = ['evaluate', '--selections', a, '--compare', b, '--labels', labels];
    const { stdout, status } = await runCodejury([...measured, '--quiet'], { home });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^a\.jsonl: judge, best of 5 +75\.0 % \[25\.0, 100\.0\] +4 +4 +0$/m);
    expect(stdout).toMatch(
      /^a\.jsonl: judge, best of 5 - b\.jsonl: judge, best of 5 +4 +0\.750 \[.*\] +0\.2500$/m,
    );
  });

  it.each([
    [['evaluate'], 'expected a file of verdicts'],
    [['evaluate', '--selections', 'a.jsonl'], '--selections: what did the tests say?'],
    [['evaluate', 'v.jsonl', '--selections', 'a.jsonl'], 'v.jsonl: nothing to do with --selections'],
    [['evaluate', '--selections', 'a', '--threshold', '1'], '--threshold: nothing to do with --selections'],
    [[...args, '--map', 'lable=x'], 'did you mean "label"?'],
    [[...args, '--threshold', 'high'], '--threshold: expected a number, received "high"'],
    [[...args, '--split', 'test'], 'nothing of the split "test"'],
    [['evaluate', verdicts, '--split', 'test'], '--split: of which dataset?'],
    [['evaluate', verdicts], 'verdicts.jsonl:1: passed: expected true or false'],
  ])('refuses %j', async (wrong, message) => {
    const { status, stderr, stdout } = await runCodejury(wrong, { home });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
