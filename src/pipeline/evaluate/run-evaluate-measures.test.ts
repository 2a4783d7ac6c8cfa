import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CAREFUL,
  candidates,
  careful,
  writeJudgedCandidates,
} from '../../../test/support/judged-candidates.ts';

const { evaluate, file, folder, remove } = writeJudgedCandidates();
afterAll(remove);

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

  it('stops when it is interrupted, between draws', async () => {
    const controller = new AbortController();
    // The first turn is that before the judge, the second one after the first draws.
    const onProgress = (text: string) => {
      if (text.startsWith('measuring')) setImmediate(() => setImmediate(() => controller.abort()));
    };
    const running = evaluate({
      verdicts: [file('one.jsonl', careful)],
      signal: controller.signal,
      onProgress,
    });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
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
});
