import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvaluateResult } from '../../contracts/judge-evaluation.ts';
import { judgeProfileSchema } from '../../contracts/judge-profile.ts';
import { hashFile } from '../../io/hash-file.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { type RunEvaluateOptions, runEvaluate } from './run-evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, records: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path;
}

/** What the judge "careful" below says. */
const CAREFUL = { truePositives: 7, falsePositives: 4, falseNegatives: 0, trueNegatives: 8 };

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

function evaluate(options: Partial<RunEvaluateOptions> = {}): Promise<EvaluateResult> {
  return runEvaluate({
    ...{ verdicts: [verdicts], labels: executed, split: null, profiles: [], calibrate: false },
    ...{ resamples: 200, seed: 1, signal: new AbortController().signal, ...options },
  });
}

describe('runEvaluate', () => {
  it('measures judges on what execute wrote', async () => {
    const result = await evaluate();
    const [first, second] = result.judges;
    expect(result.labelled).toBe(21);
    expect(first).toMatchObject({
      judge: 'careful',
      verdicts: 22,
      withoutLabel: 1,
      repeated: 1,
      // 7 right "correct", 4 wrong ones, 8 right "wrong"
      confusion: CAREFUL,
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
    const renamed = careful.map((verdict) => ({ ...verdict, candidateId: `shown ${verdict.index}` }));
    const { judges, notices } = await evaluate({ verdicts: [file('renamed.jsonl', renamed)] });
    expect(judges[0]).toMatchObject({ confusion: CAREFUL, byNumber: 20 });
    expect(notices).toContainEqual(expect.stringContaining('labels of 20 verdicts were found by the number'));
    const shifted = careful.map((verdict) => ({
      ...verdict,
      candidateId: 'shown',
      index: verdict.index + 5,
    }));
    await expect(evaluate({ verdicts: [file('shifted.jsonl', shifted)] })).rejects.toThrow(
      /shifted.jsonl:1: sample 5 is one of task 0, and one of task 1 in .*results.jsonl:6/,
    );
  });

  it('takes the id of the sample for its number, and refuses labels of another file of the same shape', async () => {
    const written = candidates.map(({ taskId, correct }, index) => {
      const code = `code ${index}`;
      const id = candidateId(taskId, code);
      return { taskId, candidateId: id, samples: [index], code, outcome: correct ? 'passed' : 'failed' };
    });
    const labels = file('hashed.jsonl', written);
    const shown = careful.map((verdict, index) => ({
      ...{ ...verdict, candidateId: `shown ${index}`, sampleId: written[index]?.candidateId ?? '' },
    }));
    const { judges } = await evaluate({ labels, verdicts: [file('shown.jsonl', shown)] });
    expect(judges[0]).toMatchObject({ confusion: CAREFUL, byNumber: 0 });
    const others = shown.map((verdict, index) => (index === 3 ? { ...verdict, sampleId: 'other' } : verdict));
    await expect(evaluate({ labels, verdicts: [file('others.jsonl', others)] })).rejects.toThrow(
      /others.jsonl:4: sample 3 of task 0 is other code than in .*hashed.jsonl:4/,
    );
  });

  it('refuses two verdicts of a judge on one candidate, unless they are equal', async () => {
    const second = (more: object) => [verdicts, file('second.jsonl', [{ ...careful[1], ...more }])];
    const [judge] = (await evaluate({ verdicts: second({ index: 1 }) })).judges;
    expect(judge).toMatchObject({ repeated: 2, confusion: CAREFUL });
    await expect(evaluate({ verdicts: second({ probabilityCorrect: 0.94 }) })).rejects.toThrow(
      /second.jsonl:1: another verdict of "careful" on the candidate candidate 1 of task 0 than in .*verdicts.jsonl:2/,
    );
    expect((await evaluate({ verdicts: second({ judge: 'third', confidence: 0.9 }) })).judges).toHaveLength(
      3,
    );
  });

  it('refuses labels that contradict the probability, and counts those that need several labels', async () => {
    const said = (more: object) => [file('said.jsonl', [{ ...careful[3], ...more }])];
    await expect(evaluate({ verdicts: said({ probabilityCorrect: 0.8 }) })).rejects.toThrow(
      /said.jsonl:1: label 0, but probabilityCorrect is 0.8/,
    );
    const classes = { label: 1, probabilityCorrect: 0.4, confidence: 0.36 };
    const { judges, notices } = await evaluate({ verdicts: said(classes) });
    expect(judges[0]?.correctBelowHalf).toBe(1);
    expect(notices).toContainEqual(expect.stringContaining('careful: 1 verdicts say "correct"'));
  });

  it('does not guess which of two candidates a number means', async () => {
    const twice = [0, 1].map((at) => ({
      taskId: 'task 0',
      candidateId: `of file ${at}`,
      samples: [0],
      label: at,
    }));
    const labels = file('twice.jsonl', twice);
    await expect(evaluate({ labels })).rejects.toThrow(
      /verdicts.jsonl:1: sample 0 may be that of .*twice.jsonl:1 or of line 2/,
    );
    // A line that repeats the second, or the first, settles nothing.
    for (const again of twice) {
      const repeated = file('repeated.jsonl', [...twice, again]);
      await expect(evaluate({ labels: repeated })).rejects.toThrow(/repeated.jsonl:1 or of line 2/);
    }
    const named = [file('named.jsonl', [{ ...careful[0], candidateId: 'of file 1' }])];
    expect((await evaluate({ labels, verdicts: named })).judges[0]?.metrics.positives.value).toBe(1);
  });

  it('measures on one split of a dataset, the same with the same seed', async () => {
    const labels = join(folder, 'dataset');
    mkdirSync(labels);
    file(
      'dataset/candidates.jsonl',
      candidates.map(({ taskId, candidateId, correct }, i) => ({
        ...{ taskId, candidateId, label: correct ? 1 : 0, samples: 3 },
        split: i < 10 ? 'train' : 'test',
      })),
    );
    const result = await evaluate({ labels, split: 'test', seed: 7 });
    expect(result.judges[0]?.metrics).toMatchObject({ candidates: { value: 10 }, tasks: { value: 2 } });
    expect(result.notices[0]).toBe(
      'careful: 12 of 22 verdicts left out, no label for the candidate in the split test',
    );
    expect(await evaluate({ labels, split: 'test', seed: 7 })).toEqual(result);
    await expect(evaluate({ labels, split: 'tset' })).rejects.toMatchObject({
      message: expect.stringContaining('nothing of the split "tset"'),
      hint: 'it has train, test',
    });
    await expect(evaluate({ split: 'test' })).rejects.toMatchObject({
      hint: 'only datasets are divided into splits',
    });
  });

  it('calibrates a judge, and measures its probabilities as its profile scales them', async () => {
    mkdirSync(join(folder, 'judge'));
    const path = file('judge/profile.json', [{ name: 'careful', model: 'smollm2-135m', licence: 'MIT' }]);
    const profiles = [join(folder, 'judge')];
    const raw = (await evaluate({ profiles })).judges[0];
    expect(raw?.calibration).toEqual({ platt: null, confidenceBounds: null });
    const calibrated = await evaluate({ profiles, calibrate: true });
    expect(calibrated.notices).toContainEqual(expect.stringContaining('with fewer than 20 of each'));
    const fitted = calibrated.judges[0];
    const profile = judgeProfileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(profile.licence).toBe('MIT');
    expect(profile.platt?.slope).toBeGreaterThan(0);
    expect(profile.confidenceBounds).toEqual({ min: 0.6, max: 0.95 });
    expect(profile.metrics.brier).toBe(fitted?.metrics.brier.value);
    expect(profile.metrics.brier).toBeLessThan(raw?.metrics.brier.value as number);
    expect(profile.metrics.auc).toBe(raw?.metrics.auc.value);
    expect((await evaluate({ profiles })).judges[0]).toEqual(fitted);
  });

  it('says when a judge is measured on the tasks it was trained on', async () => {
    const labels = join(folder, 'trained');
    mkdirSync(labels);
    writeFileSync(join(labels, 'data-card.json'), '{}');
    file(
      'trained/candidates.jsonl',
      candidates.map(({ taskId, candidateId, correct }, i) => ({
        ...{ taskId, candidateId, label: correct ? 1 : 0, split: i < 10 ? 'train' : 'validation' },
      })),
    );
    const training = { objective: 'verdict', method: 'lora', rows: 1, epochs: 1, seed: 1, settings: {} };
    const noticesOf = async (datasetDigest: string, split: string | null) => {
      const profile = { name: 'careful', model: 'm', training: { ...training, datasetDigest } };
      const { notices } = await evaluate({ labels, split, profiles: [file('t.json', [profile])] });
      return notices.join('\n');
    };
    const digest = await hashFile(join(labels, 'data-card.json'));
    expect(await noticesOf(digest, 'train')).toContain('careful was trained on this dataset');
    expect(await noticesOf(digest, null)).toContain('careful was trained on this dataset');
    expect(await noticesOf(digest, 'validation')).not.toContain('was trained on');
    expect(await noticesOf('another', 'train')).not.toContain('was trained on');
  });

  it('compares what gave the verdicts with the profile, not only its name', async () => {
    const identity = { weights: 'a+b', template: 't', data: null };
    const known = file(
      'known.jsonl',
      careful.map((verdict) => ({ ...verdict, identity })),
    );
    const profile = { name: 'careful', model: 'smollm2-135m', modelDigest: 'a', adapterDigest: 'b' };
    const measure = (more: object) => {
      const profiles = [file('identity.json', [{ ...profile, ...more }])];
      return evaluate({ profiles, verdicts: [known] });
    };
    expect((await measure({ templateHash: 't' })).notices.join()).not.toContain('only its name');
    // The second of two judges in a team has another name than its profile.
    const second = careful.map((verdict) => ({ ...verdict, identity, judge: 'careful#2' }));
    const platt = { slope: 1, intercept: 0 };
    const scaled = file('scaled.json', [{ ...profile, templateHash: 't', platt }]);
    const { judges } = await evaluate({ profiles: [scaled], verdicts: [file('team.jsonl', second)] });
    expect(judges[0]).toMatchObject({ judge: 'careful#2', calibration: { platt } });
    await expect(measure({ adapterDigest: 'c' })).rejects.toThrow(
      /identity.json: the verdicts are of another judge "careful": the profile has other weights/,
    );
    await expect(measure({ templateHash: 'u' })).rejects.toThrow('another method or prompt template');
    const { notices } = await evaluate({ profiles: [file('identity.json', [profile])] });
    expect(notices[0]).toContain('careful: only its name says that the verdicts are those of');
  });

  it('calibrates on validation tasks of a dataset alone, and no other judge', async () => {
    const profiles = [file('other.json', [{ name: 'other', model: 'smollm2-135m' }])];
    for (const [split, says] of [
      ['test', 'calibrated on test tasks'],
      ['train', 'surer of what it was trained on'],
      [null, 'it has training and test tasks'],
    ] as const) {
      const labels = file(
        'divided.jsonl',
        candidates.map(({ taskId, candidateId }, i) => ({
          ...{ taskId, candidateId, label: 1 },
          split: i < 10 ? 'train' : 'test',
        })),
      );
      await expect(evaluate({ profiles, labels, calibrate: true, split })).rejects.toThrow(says);
    }
    await expect(evaluate({ profiles })).rejects.toThrow('no verdict is of its judge "other"');
  });

  it.each([
    ['labels that are none', [{ taskId: 'a', candidateId: 'b' }], /labels.jsonl:1: .*expected "label"/],
    [
      'verdicts as labels',
      [{ taskId: 'a', candidateId: 'b', judge: 'me', label: 1 }],
      /labels.jsonl:1: a verdict of me, expected a label/,
    ],
    ['labels of other candidates', [{ taskId: 'a', candidateId: 'b', label: 1 }], /none of its 22 verdicts/],
    [
      'no label at all',
      [{ taskId: 'a', candidateId: 'b', outcome: 'sandbox-error' }],
      /no candidate in it has/,
    ],
  ])('refuses %s', async (_, records, message) => {
    await expect(evaluate({ labels: file('labels.jsonl', records) })).rejects.toThrow(message);
  });

  it('does not blame a judge for samples in which there is nothing to judge', async () => {
    const lines = careful.map((verdict) =>
      verdict.index === 3
        ? { ...verdict, label: null, rejected: 'incomplete' }
        : { ...verdict, rejected: null },
    );
    const result = await evaluate({ verdicts: [file('rejected.jsonl', lines)] });
    expect(result.judges[0]).toMatchObject({ rejected: 1, notJudged: 1 });
    expect(result.judges[0]?.metrics).toMatchObject({ candidates: { value: 19 }, invalid: { value: 1 } });
    expect(result.notices).toContain('careful: 1 of 20 verdicts left out, nothing to judge in the sample');
  });

  it('trusts no label that another contradicts', async () => {
    const [first] = candidates;
    const labels = file('twice.jsonl', [
      ...candidates.map(({ taskId, candidateId, correct }) => ({
        taskId,
        candidateId,
        label: correct ? 1 : 0,
      })),
      { ...first, label: 0 },
    ]);
    const result = await evaluate({ labels });
    expect(result.labelled).toBe(19);
    expect(result.notices[0]).toBe(
      'candidates without a label, or with labels that contradict each other: 1',
    );
  });

  it('refuses verdicts that are none, naming the line', async () => {
    const broken = file('broken.jsonl', [careful[0] as object, { ...careful[1], label: 'yes' }]);
    await expect(evaluate({ verdicts: [broken] })).rejects.toThrow(/broken.jsonl:2: label/);
    await expect(evaluate({ verdicts: [file('empty.jsonl', [])] })).rejects.toThrow(/no verdict in it/);
  });
});
