import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { candidates, careful, writeJudgedCandidates } from '../../../test/support/judged-candidates.ts';
import { tinyParquet } from '../../../test/support/tiny-parquet.ts';
import { parseVerdictColumns } from './verdict-columns.ts';

const { evaluate, file, folder, remove } = writeJudgedCandidates();
afterAll(remove);

function textFile(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const passed = careful.map((verdict, i) => ({ ...verdict, passed: candidates[i]?.correct }));

describe('files of verdicts', () => {
  it('need no labels where the lines say what passed', async () => {
    const own = await evaluate({ labels: null, verdicts: [file('passed.jsonl', passed)] });
    const [judge] = (await evaluate()).judges;
    expect(own).toMatchObject({ labels: null, labelled: 20 });
    expect(own.judges[0]).toMatchObject({ confusion: judge?.confusion, notJudged: 0 });
    expect(own.judges[0]?.metrics.brier).toEqual(judge?.metrics.brier);
  });

  it('are the same as CSV, as TSV, gzipped, as Parquet, and with other names for columns', async () => {
    const expected = (await evaluate({ labels: null, verdicts: [file('passed.jsonl', passed)] })).judges;
    const table = (delimiter: string, names = ['taskId', 'candidateId', 'judge', 'label', 'confidence']) =>
      [
        [...names, 'probabilityCorrect', 'labelMass', 'passed'],
        ...passed.map((row) => [
          ...[row.taskId, row.candidateId, row.judge, row.label ?? 'NaN', row.confidence],
          ...[row.probabilityCorrect, row.labelMass, row.passed ? 'True' : 'False'],
        ]),
      ]
        .map((cells) => `${cells.join(delimiter)}\n`)
        .join('');
    const read = async (path: string, map: string[] = []) =>
      (await evaluate({ labels: null, verdicts: [path], columns: parseVerdictColumns(map) })).judges;
    expect(await read(textFile('a.csv', table(',')))).toEqual(expected);
    expect(await read(textFile('a.tsv', table('\t')))).toEqual(expected);
    expect(await read(textFile('a.csv.gz', gzipSync(table(','))))).toEqual(expected);
    const [head = [], ...rows] = table(',')
      .trimEnd()
      .split('\n')
      .map((row) => row.split(','));
    const parquet = tinyParquet(
      rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']))),
    );
    expect(await read(textFile('a.parquet', parquet))).toEqual(expected);
    const other = textFile('b.csv', table(',', ['problem', 'solution', 'model', 'says', 'sure']));
    const map = [
      'taskId=problem,candidateId=solution,judge=model',
      'label=says, confidence=sure,labelMass=labelMass',
    ];
    expect(await read(other, map)).toEqual(expected);
  });

  it('may hold several judges side by side, as an object or as columns', async () => {
    const ratings = candidates.map(({ taskId, correct }, i) => ({
      task_id: taskId,
      passed: correct,
      ratings: { 'gpt-3.5': i % 4 === 0 ? null : 1, small: correct ? 1 : 0 },
    }));
    const { judges } = await evaluate({ labels: null, verdicts: [file('ratings.jsonl', ratings)] });
    expect(judges).toMatchObject([
      {
        judge: 'gpt-3.5',
        metrics: { invalid: { value: 5 }, candidates: { value: 20 }, kappa: { value: 0 } },
      },
      { judge: 'small', agreement: 'perfect', metrics: { invalid: { value: 0 } } },
    ]);
    const flat = ratings.map((row) => [row.task_id, row.passed, row.ratings['gpt-3.5'], row.ratings.small]);
    const csv = textFile('wide.csv', `t,ok,by_gpt-3.5,by_small\n${flat.join('\n')}\n`);
    for (const map of [
      'taskId=t,passed=ok,label:*=by_*',
      'taskId=t,passed=ok,label:gpt-3.5=by_gpt-3.5,label:small=by_small',
    ]) {
      const columns = parseVerdictColumns([map]);
      expect((await evaluate({ labels: null, verdicts: [csv], columns })).judges).toEqual(judges);
    }
    const one = parseVerdictColumns(['taskId=t,passed=ok,label=by_small']);
    const [alone] = (await evaluate({ labels: null, verdicts: [csv], columns: one })).judges;
    expect(alone).toEqual({ ...judges[1], judge: 'by_small' });
  });

  it('may have columns that mean something else here', async () => {
    const rows = candidates.map(({ taskId, correct }, i) => ({
      ...{ task_id: taskId, passed: correct, index: 'x', confidence: 'high' },
      rating: { 'gpt-4': i % 3 === 0 ? 0 : 1 },
    }));
    const verdicts = [file('foreign.jsonl', rows)];
    const columns = parseVerdictColumns(['taskId=task_id,label=rating.gpt-4', 'confidence=']);
    const { judges } = await evaluate({ labels: null, verdicts, columns });
    expect(judges).toMatchObject([{ judge: 'rating.gpt-4', metrics: { candidates: { value: 20 } } }]);
    expect(judges[0]?.precisionByConfidence).toEqual([]);
    const withConfidence = parseVerdictColumns(['taskId=task_id,label=rating.gpt-4']);
    await expect(evaluate({ labels: null, verdicts, columns: withConfidence })).rejects.toThrow(
      /foreign.jsonl:1: confidence: expected a number from 0 to 1, received "high"/,
    );
  });

  it('may hold probabilities or scores alone: from the threshold on they say "correct"', async () => {
    const scores = (field: object) =>
      passed.map(({ label: _, confidence: __, probabilityCorrect: q, ...row }) => ({
        ...row,
        ...('probabilityCorrect' in field ? { probabilityCorrect: q } : { score: 10 * q - 7 }),
      }));
    const probable = file('probable.jsonl', scores({ probabilityCorrect: 0 }));
    const [judge] = (await evaluate({ labels: null, verdicts: [probable] })).judges;
    expect(judge?.confusion).toEqual({
      ...{ truePositives: 8, falsePositives: 4, falseNegatives: 0, trueNegatives: 8 },
    });
    expect(judge?.precisionByConfidence[0]?.kept).toBe(20);
    // Where the threshold is low, it is not the judge who says "correct" below one half.
    const low = await evaluate({ labels: null, verdicts: [probable], threshold: 0 });
    expect(low.judges[0]?.confusion).toMatchObject({ truePositives: 8, falsePositives: 12 });
    expect(low.notices).toEqual([]);
    const scored = { labels: null, verdicts: [file('scored.jsonl', scores({}))], threshold: 2 };
    const [other] = (await evaluate(scored)).judges;
    expect(other).toMatchObject({ agreement: 'perfect', metrics: { brier: { value: null } } });
    expect(other?.metrics.auc).toEqual(judge?.metrics.auc);
  });

  it('count what their lines and the labels say differently', async () => {
    const lines = passed.map((row, i) => ({ ...row, passed: i === 3 ? !row.passed : row.passed }));
    const { notices, judges } = await evaluate({ verdicts: [file('other.jsonl', lines)] });
    expect(judges[0]?.confusion).toEqual((await evaluate()).judges[0]?.confusion);
    expect(notices).toContainEqual(
      'careful: 1 of 20 verdicts say otherwise than the labels whether their candidate passes; the labels count',
    );
  });
});
