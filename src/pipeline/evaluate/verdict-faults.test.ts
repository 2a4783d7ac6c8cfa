import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeJudgedCandidates } from '../../../test/support/judged-candidates.ts';
import { parseVerdictColumns } from './verdict-columns.ts';

const { evaluate, file, folder, remove } = writeJudgedCandidates();
afterAll(remove);

const good = { taskId: 't', candidateId: 'c', judge: 'me', label: 1, passed: true };

/** What is said of a file whose second line is like the first but for these members. */
async function faultOf(members: object, map: string[] = []) {
  const path = file('faulty.jsonl', [good, { ...good, candidateId: 'd', ...members }]);
  const reading = evaluate({ labels: null, verdicts: [path], columns: parseVerdictColumns(map) });
  return reading.catch((error) => ({
    message: error.message.replace(folder, ''),
    hint: error.hint,
    code: error.code,
  }));
}

describe('faults in files of verdicts', () => {
  it.each([
    [{ taskId: null }, '/faulty.jsonl:2: taskId: expected the id of a task, received null'],
    [{ judge: '' }, '/faulty.jsonl:2: judge: expected the name of a judge, received ""'],
    [{ judge: ['a'] }, '/faulty.jsonl:2: judge: expected a text, received ["a"]'],
    [{ label: undefined }, '/faulty.jsonl:2: label: expected 0, 1 or null, received nothing'],
    [{ label: 2 }, '/faulty.jsonl:2: label: expected 0, 1 or null'],
    [{ label: 'maybe' }, '/faulty.jsonl:2: label: expected 0, 1 or null'],
    [{ confidence: 1.5 }, '/faulty.jsonl:2: confidence: expected a number from 0 to 1, received 1.5'],
    [{ probability_correct: 'x' }, '/faulty.jsonl:2: probability_correct: expected a number from 0 to 1'],
    [{ index: 1.5 }, '/faulty.jsonl:2: index: expected a whole number, received 1.5'],
    [{ passed: 'perhaps' }, '/faulty.jsonl:2: passed: expected 0, 1 or null'],
    [{ passed: undefined }, '/faulty.jsonl:2: passed: expected true or false'],
    [
      { judge: 'you', candidateId: 'c', passed: false },
      '/faulty.jsonl:2: passed is false for the candidate c of t, and true in a line before',
    ],
  ])('names file, line and column of %j', async (members, message) => {
    expect(await faultOf(members)).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });

  it('names columns that there are', async () => {
    expect(await faultOf({ taskId: undefined })).toMatchObject({
      hint: expect.stringContaining('--map taskId=COLUMN; columns are candidateId, judge, label, passed'),
    });
  });

  it.each([
    [['taskid=x'], 'no field "taskid"', 'did you mean "taskId"?'],
    [['taskId'], 'expected FIELD=COLUMN, received "taskId"', undefined],
    [['label=a,label=b'], 'label has two columns', undefined],
    [['passed:me=a'], 'passed:me: all judges share the column passed', undefined],
    [['label:*=a'], 'expected one * on both sides, or none', undefined],
    [['label:a=b', 'judge=c'], 'judge has a column for all judges', undefined],
  ])('says what is wrong with --map %j', (map, message, hint) => {
    expect(() => parseVerdictColumns(map)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint ?? ''),
      }),
    );
  });

  it('says which column of the mapping no line has', async () => {
    expect(await faultOf({}, ['confidence=sure'])).toMatchObject({
      message: expect.stringContaining('no column "sure", which --map names'),
    });
    expect(await faultOf({}, ['label:*=rating_*'])).toMatchObject({
      message: expect.stringContaining('no column "rating_*", which --map names'),
    });
  });

  it.each([['label:a=label,label:a=confidence'], ['label:*=lab*,label:el=confidence']])(
    'wants one column a judge, not --map %s',
    async (map) => {
      expect(await faultOf({}, [map])).toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/label:(a|el) has two columns/),
      });
    },
  );

  it('wants ids where labels are looked up', async () => {
    const path = file('nameless.jsonl', [{ ...good, taskId: 'task 0', candidateId: undefined }]);
    await expect(evaluate({ verdicts: [path] })).rejects.toThrow(
      /nameless.jsonl:1: candidateId: expected the id that the candidate has in .*results.jsonl, received nothing/,
    );
  });

  it.each([
    ['-Infinity', /infinite.jsonl:1: score: expected a number, received -Infinity/],
    ['1e999', /infinite.jsonl:1: score: expected a number, received Infinity/],
  ])('takes %s for no missing number', async (score, message) => {
    const path = join(folder, 'infinite.jsonl');
    writeFileSync(
      path,
      `{"taskId": "t", "candidateId": "c", "judge": "me", "passed": true, "score": ${score}}\n`,
    );
    await expect(evaluate({ labels: null, verdicts: [path] })).rejects.toThrow(message);
  });

  it('names the line of a CSV file', async () => {
    const path = join(folder, 'faulty.csv');
    writeFileSync(path, 'taskId,judge,label,passed\na,me,1,1\nb,me,7,1\n');
    await expect(evaluate({ labels: null, verdicts: [path] })).rejects.toThrow(
      /faulty.csv:3: label: expected 0, 1/,
    );
  });
});
