import { afterAll, describe, expect, it } from 'vitest';
import {
  CAREFUL,
  candidates,
  careful,
  writeJudgedCandidates,
} from '../../../test/support/judged-candidates.ts';
import { candidateId } from '../../util/candidate-id.ts';

const { evaluate, file, remove } = writeJudgedCandidates();
afterAll(remove);

describe('runEvaluate', () => {
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

  it.each([
    ['labels that are none', [{ taskId: 'a', candidateId: 'b' }], /labels.jsonl:1: .*expected "label"/],
    [
      'verdicts as labels',
      [{ taskId: 'a', candidateId: 'b', judge: 'me', label: 1 }],
      /labels.jsonl:1: a verdict of me, expected a label/,
    ],
    ['labels of other candidates', [{ taskId: 'a', candidateId: 'b', label: 1 }], /none of its 22 verdicts/],
    [
      'another label',
      [{ taskId: 'a', candidateId: 'b', label: 2 }],
      /:1: label: .*expected one of 0\|1, received 2/,
    ],
    [
      'no label at all',
      [{ taskId: 'a', candidateId: 'b', outcome: 'sandbox-error' }],
      /no candidate in it has/,
    ],
  ])('refuses %s', async (_, records, message) => {
    await expect(evaluate({ labels: file('labels.jsonl', records) })).rejects.toThrow(message);
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
});
