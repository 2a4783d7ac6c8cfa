import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvaluateResult } from '../../src/contracts/judge-evaluation.ts';
import { type JudgeProfile, judgeProfileSchema } from '../../src/contracts/judge-profile.ts';
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
  taskId: `task ${Math.floor(i / 5)}`,
  candidateId: `candidate ${i}`,
  correct: i % 5 < 2,
}));

const executed = file('results.jsonl', [
  ...candidates.map(({ taskId, candidateId, correct }, i) => ({
    ...{ taskId, candidateId, samples: [i], generator: null, code: 'code', rejected: null },
    ...{
      outcome: correct ? 'passed' : i % 5 === 2 ? 'timeout' : 'failed',
      feedback: null,
      durationMs: 1,
      attempts: 1,
    },
  })),
  { taskId: 'task 0', candidateId: 'faulty', outcome: 'sandbox-error', rejected: null },
  { taskId: 'task 0', candidateId: 'empty', outcome: null, rejected: { reason: 'empty', detail: null } },
]);

/** Right but for the last candidate of each task, of which it is less sure; one answer is invalid. */
const careful = candidates.map(({ taskId, candidateId, correct }, index) => {
  const probabilityCorrect = index % 5 === 4 ? 0.6 : correct ? 0.95 : 0.1;
  const label = index === 0 ? null : probabilityCorrect > 0.5 ? 1 : 0;
  const confidence = Math.max(probabilityCorrect, 1 - probabilityCorrect);
  return {
    index,
    taskId,
    candidateId,
    judge: 'careful',
    label,
    confidence,
    probabilityCorrect,
    labelMass: 0.9,
  };
});
const verdicts = file('verdicts.jsonl', [
  ...careful,
  { ...careful[1], index: 20 },
  { ...careful[1], candidateId: 'unheard of', index: 99 },
  ...careful.map((verdict) => ({
    ...{
      ...verdict,
      judge: 'rubric',
      label: verdict.index % 5 < 2 ? 1 : 0,
      rating: verdict.index % 5 < 2 ? 1 : 0.25,
    },
    ...{ confidence: null, probabilityCorrect: null, labelMass: null },
  })),
]);

async function evaluate(args: readonly string[]): Promise<EvaluateResult> {
  const { stdout, stderr, status } = await runCodejury(['evaluate', ...args, '--json', '--quiet'], { home });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as EvaluateResult;
}

describe('codejury evaluate', () => {
  it('measures judges on what execute wrote', async () => {
    const result = await evaluate(['--verdicts', verdicts, '--labels', executed]);
    const [first, second] = result.judges;
    expect(result.labelled).toBe(21);
    expect(first).toMatchObject({
      judge: 'careful',
      verdicts: 22,
      withoutLabel: 1,
      repeated: 1,
      // 7 right "correct", 4 wrong ones, 8 right "wrong"
      confusion: { truePositives: 7, falsePositives: 4, falseNegatives: 0, trueNegatives: 8 },
      metrics: {
        candidates: { value: 20, low: null, high: null },
        invalid: { value: 1 },
        accuracy: { value: expect.closeTo(15 / 19, 12) },
        aucWithinTask: { value: 1 },
      },
    });
    expect(first?.metrics.kappa.low).toBeLessThanOrEqual(first?.metrics.kappa.value as number);
    expect(first?.precisionByConfidence.find(({ threshold }) => threshold === 0.9)).toMatchObject({
      kept: 15,
      precisionCorrect: 1,
      precisionWrong: 1,
    });
    expect(second).toMatchObject({
      judge: 'rubric',
      agreement: 'perfect',
      metrics: { auc: { value: 1 }, brier: { value: null } },
      labelMass: { withoutMass: 20, median: null },
    });
    expect(result.notices).toContain('careful: candidates with a label that it did not judge: 1');
    expect(result.notices).toContain('careful: 1 of 22 verdicts left out, no label for the candidate');
  });

  it('finds the label of a candidate that was tested as its completion by the number of the sample', async () => {
    const renamed = file(
      'renamed.jsonl',
      careful.map((verdict) => ({ ...verdict, candidateId: `shown ${verdict.index}` })),
    );
    const [first] = (await evaluate(['--verdicts', renamed, '--labels', executed])).judges;
    expect(first?.confusion).toEqual({
      truePositives: 7,
      falsePositives: 4,
      falseNegatives: 0,
      trueNegatives: 8,
    });
    const shifted = file(
      'shifted.jsonl',
      careful.map((verdict) => ({ ...verdict, candidateId: 'shown', index: verdict.index + 5 })),
    );
    const { status, stderr } = await runCodejury(['evaluate', '--verdicts', shifted, '--labels', executed], {
      home,
    });
    expect(status).toBe(2);
    expect(stderr).toContain('sample 5 is one of task 1, and one of task 0 among the verdicts');
  });

  it('prints a column a judge, and the tables of each', async () => {
    const { stdout, status } = await runCodejury(['evaluate', '--verdicts', verdicts, '--labels', executed], {
      home,
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ +careful +rubric$/m);
    expect(stdout).toMatch(/^kappa +0\.\d{3} \[0\.\d{3}, \d\.\d{3}\] +1\.000 \[1\.000, 1\.000\]$/m);
    expect(stdout).toMatch(/^is wrong +4 \(0\.333\) +8 \(0\.667\)$/m);
    expect(stdout).toMatch(/^0\.9 +0\.789 +1\.000 of 7 +1\.000 of 8$/m);
    expect(stdout).toContain('note: careful: 1 of 22 verdicts left out, the candidate was judged before');
  });

  it('measures on one split of a dataset, the same with the same seed', async () => {
    const dataset = join(home, 'dataset');
    mkdirSync(dataset);
    file(
      'dataset/candidates.jsonl',
      candidates.map(({ taskId, candidateId, correct }, i) => ({
        ...{ taskId, candidateId, label: correct ? 1 : 0 },
        split: i < 10 ? 'train' : 'test',
      })),
    );
    const args = ['--verdicts', verdicts, '--labels', dataset, '--split', 'test', '--seed', '7'];
    const result = await evaluate(args);
    expect(result.judges[0]?.metrics).toMatchObject({ candidates: { value: 10 }, tasks: { value: 2 } });
    expect(await evaluate(args)).toEqual(result);
    const wrong = await runCodejury(['evaluate', ...args, '--split', 'tset'], { home });
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('nothing of the split "tset"');
    expect(wrong.stderr).toContain('it has train, test');
  });

  it('calibrates a judge, and measures its probabilities as its profile scales them', async () => {
    mkdirSync(join(home, 'judge'));
    const path = file('judge/profile.json', [{ name: 'careful', model: 'smollm2-135m', licence: 'MIT' }]);
    const args = ['--verdicts', verdicts, '--labels', executed, '--profile', join(home, 'judge')];
    const raw = (await evaluate(args)).judges[0];
    expect(raw?.calibration).toEqual({ platt: null, confidenceBounds: null });
    const fitted = (await evaluate([...args, '--calibrate'])).judges[0];
    const profile: JudgeProfile = judgeProfileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(profile.licence).toBe('MIT');
    expect(profile.platt?.slope).toBeGreaterThan(0);
    expect(profile.confidenceBounds).toEqual({ min: 0.6, max: 0.95 });
    expect(profile.metrics.brier).toBe(fitted?.metrics.brier.value);
    expect(profile.metrics.brier).toBeLessThan(raw?.metrics.brier.value as number);
    expect(profile.metrics.auc).toBe(raw?.metrics.auc.value);
    expect((await evaluate(args)).judges[0]).toEqual(fitted);
  });

  it('does not calibrate on test tasks, nor without a profile, nor another judge', async () => {
    const profile = file('other.json', [{ name: 'other', model: 'smollm2-135m' }]);
    const args = ['evaluate', '--verdicts', verdicts, '--labels', executed];
    const messages = [];
    for (const more of [
      ['--calibrate'],
      ['--calibrate', '--profile', profile, '--split', 'test'],
      ['--profile', profile],
    ]) {
      const { status, stderr } = await runCodejury([...args, ...more], { home });
      expect(status).toBe(2);
      messages.push(stderr);
    }
    expect(messages[0]).toContain('name its --profile');
    expect(messages[1]).toContain('calibrate with --split validation');
    expect(messages[2]).toContain('no verdict is of its judge "other"');
  });

  it.each([
    ['labels that are none', [{ taskId: 'a', candidateId: 'b' }], /labels.jsonl:1: .*expected "label"/],
    ['labels of other candidates', [{ taskId: 'a', candidateId: 'b', label: 1 }], /none of its 22 verdicts/],
    [
      'no label at all',
      [{ taskId: 'a', candidateId: 'b', outcome: 'sandbox-error' }],
      /no candidate in it has a label/,
    ],
  ])('refuses %s', async (_, records, message) => {
    const labels = file('labels.jsonl', records);
    const { status, stderr } = await runCodejury(['evaluate', '--verdicts', verdicts, '--labels', labels], {
      home,
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('refuses verdicts that are none, naming the line', async () => {
    const broken = file('broken.jsonl', [careful[0] as object, { ...careful[1], label: 'yes' }]);
    const { status, stderr } = await runCodejury(['evaluate', '--verdicts', broken, '--labels', executed], {
      home,
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/broken.jsonl:2: label/);
  });
});
