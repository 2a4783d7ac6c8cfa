import { existsSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/tiny-model.ts';
import { openJudgementTable } from './judgement-table.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

it('candidates come task by task and once, lines in the order they were added', async () => {
  const path = folder.path('table');
  const table = await openJudgementTable(path);
  const line = (index: number, task: number, code: string, rejected: string | null = null) => ({
    index,
    taskId: `t${task}`,
    taskOrder: task,
    candidateId: `${task}${code}`,
    sampleId: `sample ${index}`,
    code,
    rejected,
  });
  table.add(line(0, 1, 'a'));
  table.add(line(1, 0, 'b'));
  table.add(line(2, 1, 'a'));
  table.add(line(3, 0, '', 'empty'));
  for (let index = 4; index < 304; index++) table.add(line(index, 0, `c${index}`));
  expect([table.lines, table.count()]).toEqual([304, { candidates: 302, tasks: 2 }]);
  const asked: string[] = [];
  for (const { candidateId } of table.pending()) {
    asked.push(candidateId);
    table.setVerdict(candidateId, 1, `verdict on ${candidateId}`);
  }
  expect(asked.length).toBe(302);
  expect([asked[0], asked[1], asked.at(-1)]).toEqual(['0b', '0c4', '1a']);
  const rows = [...table.rows(2)];
  expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 304 }, (_value, index) => index));
  expect(rows[2]).toEqual({
    index: 2,
    taskId: 't1',
    candidateId: '1a',
    sampleId: 'sample 2',
    rejected: null,
    verdicts: [null, 'verdict on 1a'],
  });
  expect(rows[3]).toMatchObject({ rejected: 'empty', verdicts: [null, null] });
  table.dispose();
  expect(existsSync(path)).toBe(false);
});
