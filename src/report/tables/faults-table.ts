import type { Feedback } from '../../contracts/execution.ts';
import type { StudyReport, StudyWriterFacts } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** Candidates say what they like; in characters. */
const LONGEST = { kind: 60, example: 120 };

/** The most frequent ways to fail, by category of feedback. */
export function faultsTable({ writers }: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'faults',
      title: 'How candidates fail',
      caption:
        'The most frequent categories of feedback of each writer: exact counts of distinct candidates that ran and did not pass, and their share of these. ' +
        'The example is the first candidate of the category.',
    },
    [
      ['writer', 'writer', 'text', ({ writer }) => writer.name],
      ['outcome', 'outcome', 'text', ({ fault }) => fault.outcome],
      ['kind', 'feedback', 'text', ({ fault }) => clipped(fault.kind, LONGEST.kind)],
      ['candidates', 'candidates', 'count', ({ fault }) => fault.candidates],
      ['share', 'of failures', 'share', ({ fault, writer }) => fault.candidates / failuresOf(writer)],
      ['example_task', 'for example', 'text', ({ fault }) => fault.example.taskId],
      ['example', 'where', 'text', ({ fault }) => clipped(describe(fault.example.feedback), LONGEST.example)],
    ],
    writers.flatMap((writer) => writer.written.faults.map((fault) => ({ writer, fault }))),
  );
}

function failuresOf({ written }: StudyWriterFacts): number {
  return written.outcomes
    .filter(({ outcome }) => outcome !== null && outcome !== 'passed')
    .reduce((sum, { candidates }) => sum + candidates, 0);
}

function describe({ kind, line, message, input, expected, actual }: Feedback): string {
  if (input !== null && expected !== null && actual !== null) {
    return `${input} gave ${actual}, expected ${expected}`;
  }
  const place = line === null ? '' : `line ${line}: `;
  return `${place}${message === '' ? kind : message}`;
}

function clipped(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
