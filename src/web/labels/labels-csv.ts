import type { Row } from '../explorer/row.ts';
import { verdictKind } from '../explorer/verdict-kind.ts';
import type { LabelBook } from './label-book.ts';

const COLUMNS = 'task,language,generator,candidate,judge,error,annotator,category,categories,note';

/**
 * Every label a line, RFC 4180, by annotator and then in the order of the study; what was settled has the annotator `settled`. `judge` and `error`
 * are those of the sample, empty where none was drawn.
 */
export function labelsCsv(book: LabelBook, rows: readonly Row[], judges: readonly string[]): string {
  const names = new Map(book.categories.map(({ id, name }) => [id, name]));
  const judge = book.plan === null ? -1 : judges.indexOf(book.plan.judge);
  const line = (row: Row, annotator: string, categories: readonly string[], note: string) => {
    const named = categories.map((id) => names.get(id) ?? id);
    return [
      row.task.id,
      row.task.language,
      row.generator,
      row.candidate.id,
      judges[judge] ?? '',
      judge < 0 ? '' : verdictKind(row, judge),
      annotator,
      named[0] ?? '',
      named.join('; '),
      note,
    ];
  };
  const labelled = [...book.labels].flatMap(([annotator, own]) =>
    rows.flatMap((row) => {
      const label = own.get(row.key);
      return label === undefined ? [] : [line(row, annotator, label.categories, label.note)];
    }),
  );
  const settled = rows.flatMap((row) => {
    const category = book.settled.get(row.key);
    return category === undefined ? [] : [line(row, 'settled', [category], '')];
  });
  return [COLUMNS, ...[...labelled, ...settled].map((cells) => cells.map(quoted).join(','))]
    .map((text) => `${text}\r\n`)
    .join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
