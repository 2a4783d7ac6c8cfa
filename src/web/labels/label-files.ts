import type { LabelDesk } from './label-desk.ts';
import { labelFile, readLabelFile } from './label-file.ts';
import { labelsCsv } from './labels-csv.ts';
import { mergeBooks, replacedBy } from './merge-books.ts';

/** Browsers read the file some time after the click. */
const SAVED_AFTER_MS = 60_000;

/** Gives all labels to the browser as a file to save. */
export function saveLabels(desk: LabelDesk, form: 'json' | 'csv'): void {
  const { rows, data } = desk.model;
  const text = form === 'json' ? labelFile(desk.book) : labelsCsv(desk.book, rows, data.judges);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([text], { type: form === 'json' ? 'application/json' : 'text/csv' }),
  );
  link.download = `labels-${(desk.annotator || 'all').replace(/[^\p{L}\p{N}]+/gu, '-')}.${form}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED_AFTER_MS);
}

/** Lays another's file beside one's own, asking before labels of the same name are replaced; returns what came of it, in words. */
export async function importLabels(desk: LabelDesk, file: File): Promise<string> {
  const read = readLabelFile(await file.text(), desk.model.data.study.digest);
  if ('fault' in read) return `${file.name} was not imported: ${read.fault}.`;
  const replaced = replacedBy(desk.book, read);
  const question = `The labels of ${replaced.join(' and ')} here differ from those in ${file.name}. Replace them?`;
  if (replaced.length > 0 && !window.confirm(question)) return `${file.name} was not imported.`;
  const isOtherSample =
    desk.book.plan !== null &&
    read.plan !== null &&
    JSON.stringify(desk.book.plan) !== JSON.stringify(read.plan);
  desk.change(mergeBooks(desk.book, read));
  const counts = [...read.labels].map(([annotator, own]) => `${own.size} of ${annotator}`);
  const notice = isOtherSample ? ' Its sample was drawn in another way than the one here.' : '';
  return `Imported labels: ${counts.join(', ') || 'none'}.${notice}`;
}
