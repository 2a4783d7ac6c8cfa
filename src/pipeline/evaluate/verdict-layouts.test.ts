import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { readVerdicts } from './read-verdicts.ts';
import { parseVerdictColumns } from './verdict-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-layouts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const JUDGES: readonly string[] = ['gpt-3.5', 'a, "b"'];
const name = fc.string({ minLength: 1, maxLength: 5 }).filter((text) => text.trim() === text);
const answer = fc.record({
  label: fc.constantFrom(0, 1, null),
  confidence: fc.option(fc.integer({ min: 0, max: 100 }).map((n) => n / 100)),
});
const record = fc.record({
  ...{ taskId: name, candidateId: name, passed: fc.boolean() },
  answers: fc.tuple(answer, answer),
});

async function read(file: string, content: string, map: string[]) {
  const path = join(folder, file);
  writeFileSync(path, content);
  const verdicts = await Array.fromAsync(readVerdicts([path], { columns: parseVerdictColumns(map) }));
  return verdicts
    .map(({ path: _, line: __, place: ___, ...verdict }) => verdict)
    .sort((a, b) => JUDGES.indexOf(a.judge) - JUDGES.indexOf(b.judge));
}

const csv = (rows: readonly (readonly unknown[])[]) =>
  rows
    .map((row) => `${row.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',')}\n`)
    .join('');

it('the same verdicts are read from lines, objects and columns, JSON and CSV', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async (records) => {
      const lines = JUDGES.flatMap((judge, j) =>
        records.map(({ answers, ...common }) => ({ ...common, judge, ...(answers[j] as object) })),
      );
      const jsonLines = (values: readonly object[]) =>
        values.map((value) => `${JSON.stringify(value)}\n`).join('');
      const expected = await read('lines.jsonl', jsonLines(lines), []);
      expect(expected).toHaveLength(2 * records.length);
      const head = ['taskId', 'candidateId', 'passed', 'judge', 'label', 'confidence'] as const;
      const table = lines.map((line) => head.map((column) => (line as Record<string, unknown>)[column]));
      expect(await read('lines.csv', csv([head, ...table]), [])).toEqual(expected);
      const abreast = records.map(({ answers, ...common }) => ({
        ...common,
        says: Object.fromEntries(JUDGES.map((judge, j) => [judge, answers[j]?.label])),
        sure: Object.fromEntries(JUDGES.map((judge, j) => [judge, answers[j]?.confidence])),
      }));
      const starred = ['label:*=says.*,confidence:*=sure.*'];
      expect(await read('abreast.jsonl', jsonLines(abreast), starred)).toEqual(expected);
      const columns = ['says', 'sure'].flatMap((of) => JUDGES.map((judge) => `${of}.${judge}`));
      const wide = records.map(({ answers: [a, b], ...common }) => [
        ...[common.taskId, common.candidateId, common.passed],
        ...[a.label, b.label, a.confidence, b.confidence],
      ]);
      expect(await read('abreast.csv', csv([[...head.slice(0, 3), ...columns], ...wide]), starred)).toEqual(
        expected,
      );
    }),
    { numRuns: 60 },
  );
});
