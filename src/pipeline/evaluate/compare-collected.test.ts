import { afterAll, describe, expect, it } from 'vitest';
import { candidates, careful, writeJudgedCandidates } from '../../../test/support/judged-candidates.ts';

const { evaluate, file, verdicts, remove } = writeJudgedCandidates();
afterAll(remove);

const contrary = careful.map(({ taskId, candidateId, index }) => ({
  ...{ taskId, candidateId, judge: 'contrary' },
  label: index === 7 ? null : index % 5 < 2 ? 0 : 1,
}));

describe('compareCollected', () => {
  it('compares judges on the candidates that both gave a valid answer about', async () => {
    const { comparisons } = await evaluate({ compare: [] });
    expect(comparisons).toMatchObject([
      {
        ...{ first: 'careful', second: 'rubric', n: null, leftOut: 1 },
        ...{ tasks: 4, outcomes: 19, both: 15, onlyFirst: 0, onlySecond: 4, neither: 0 },
        difference: { value: expect.closeTo(-4 / 19, 12) },
        kappaDifference: { value: expect.closeTo(112 / 188 - 1, 12) },
        mcnemar: { method: 'exact', pValue: 0.125, corrected: true },
        // The sign of the difference is the same in all four tasks: 2 of 16 are as extreme.
        pValue: 0.125,
        adjusted: { pValue: 0.125, mcnemar: 0.125 },
      },
    ]);
  });

  it('takes all pairs, those of the judges named, or one judge with each other', async () => {
    const three = [verdicts, file('contrary.jsonl', contrary)];
    const namesOf = async (compare: string[]) => {
      const { comparisons } = await evaluate({ verdicts: three, compare });
      return comparisons.map(({ first, second }) => `${first} ${second}`);
    };
    expect(await namesOf([])).toEqual(['careful rubric', 'careful contrary', 'rubric contrary']);
    expect(await namesOf(['contrary', 'careful'])).toEqual(['contrary careful']);
    expect(await namesOf(['rubric'])).toEqual(['rubric careful', 'rubric contrary']);
    const { comparisons } = await evaluate({ verdicts: three, compare: [] });
    // p-values are .125 three times, or .125 and what is not significant either.
    for (const { pValue, adjusted } of comparisons) {
      expect(adjusted.pValue).toBeGreaterThanOrEqual(pValue as number);
    }
    expect(comparisons[1]).toMatchObject({ leftOut: 2, outcomes: 18 });
  });

  it('says which judges there are, and when there is nothing to compare', async () => {
    await expect(evaluate({ compare: ['carefull'] })).rejects.toMatchObject({
      message: '--compare: no verdict is of a judge "carefull"',
      hint: 'did you mean "careful"?',
    });
    const alone = { verdicts: [file('alone.jsonl', careful)], compare: [] };
    await expect(evaluate(alone)).rejects.toThrow('there are verdicts of one judge only, careful');
    const half = (judge: string, from: number) =>
      file(
        `${judge}.jsonl`,
        contrary.slice(from, from + 5).map((verdict) => ({ ...verdict, judge })),
      );
    await expect(evaluate({ verdicts: [half('a', 0), half('b', 10)], compare: [] })).rejects.toThrow(
      'a and b: no candidate that both gave a valid answer about',
    );
    const silent = careful.map((verdict) => ({
      ...{ ...verdict, judge: 'silent', label: null, probabilityCorrect: null, confidence: null },
    }));
    const beside = { verdicts: [verdicts, file('silent.jsonl', silent)], compare: [] };
    await expect(evaluate(beside)).rejects.toThrow('--compare: no valid answer of silent');
  });

  it('stops when it is interrupted, before the next pair', async () => {
    const controller = new AbortController();
    const onProgress = (text: string) => {
      if (text.startsWith('comparing')) controller.abort();
    };
    const running = evaluate({ compare: [], signal: controller.signal, onProgress });
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });

  it('says when nothing but the order tells which candidate is meant', async () => {
    const nameless = ['a', 'b'].flatMap((judge) =>
      candidates.map(({ taskId, correct }) => ({ taskId, judge, label: 1, passed: correct })),
    );
    const options = { verdicts: [file('nameless.jsonl', nameless)], labels: null };
    const found = await evaluate({ ...options, compare: [] });
    expect(found.comparisons[0]).toMatchObject({ outcomes: 20, both: 8, neither: 12, pValue: 1 });
    expect(found.notices).toContainEqual(expect.stringContaining('told apart by their order'));
    expect((await evaluate(options)).notices).toEqual([]);
  });
});
