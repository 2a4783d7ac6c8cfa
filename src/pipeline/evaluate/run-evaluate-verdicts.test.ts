import { afterAll, describe, expect, it } from 'vitest';
import { CAREFUL, careful, writeJudgedCandidates } from '../../../test/support/judged-candidates.ts';

const { evaluate, file, verdicts, remove } = writeJudgedCandidates();
afterAll(remove);

describe('runEvaluate', () => {
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

  it('refuses verdicts that are none, naming the line', async () => {
    const broken = file('broken.jsonl', [careful[0] as object, { ...careful[1], label: 'perhaps' }]);
    await expect(evaluate({ verdicts: [broken] })).rejects.toThrow(/broken.jsonl:2: label/);
    await expect(evaluate({ verdicts: [file('empty.jsonl', [])] })).rejects.toThrow(/no verdict in it/);
  });
});
