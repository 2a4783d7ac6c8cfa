import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { faultsTable } from './faults-table.ts';
import { outcomesTable } from './outcomes-table.ts';
import { writersTable } from './writers-table.ts';

const report = studyDocument();

it('counts candidates without the samples that hold none, and has the oracle of generators alone', () => {
  expect(tableRows(writersTable(report))).toMatchObject([
    {
      writer: 'small_1b',
      role: 'generator',
      samples: 400,
      rejected: 20,
      candidates: 300,
      pass_at_10: 0.5625,
    },
    { writer: 'pool', model: null, pool: 'pools/written|before.jsonl', oracle_of_10: { value: 0.45 } },
    { writer: 'big', role: 'larger model', pass_at_1: 0.4375, pass_at_10: null, oracle_of_10: null },
  ]);
});

it('gives outcomes as shares of samples, and of the candidates that ran', () => {
  expect(tableRows(outcomesTable(report)).slice(0, 4)).toMatchObject([
    { outcome: 'runtime-error', sample_share: 0.475, candidate_share: 160 / 300 },
    { outcome: 'passed', sample_share: 0.3, candidate_share: 80 / 300 },
    { outcome: 'failed', sample_share: 0.175, candidate_share: 0.2 },
    { outcome: 'rejected', sample_share: 0.05, candidates: null, candidate_share: null },
  ]);
});

it('gives faults as shares of the candidates that failed, with a short example', () => {
  const rows = tableRows(faultsTable(report));
  expect(rows.slice(0, 2)).toMatchObject([
    { candidates: 110, share: 0.5, example: 'line 3: no "such" <b>thing</b>, 100 % \\broken' },
    { candidates: 60, share: 60 / 220, example: 'clamp(5, 0, 3) gave 5, expected 3' },
  ]);
});

it('clips what candidates say', () => {
  const [first] = report.writers;
  const [fault] = first?.written.faults ?? [];
  if (first === undefined || fault === undefined) throw new Error('a document without faults');
  const example = { ...fault.example, feedback: { ...fault.example.feedback, message: 'x'.repeat(10_000) } };
  const written = { ...first.written, faults: [{ ...fault, kind: 'y'.repeat(10_000), example }] };
  const [row] = tableRows(faultsTable({ ...report, writers: [{ ...first, written }] }));
  expect(String(row?.kind)).toHaveLength(60);
  expect(String(row?.example)).toHaveLength(120);
});
