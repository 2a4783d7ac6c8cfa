import { expect, it } from 'vitest';
import { explorerData } from '../../../test/support/explorer-data.ts';
import { readRows } from '../explorer/row.ts';
import { categoryCounts } from './category-counts.ts';
import {
  emptyBook,
  type LabelBook,
  usesOf,
  withCategory,
  withCategoryName,
  withLabel,
  withoutCategory,
  withSettled,
} from './label-book.ts';
import { labelFile, readLabelFile } from './label-file.ts';
import { labelsCsv } from './labels-csv.ts';
import { mergeBooks, replacedBy } from './merge-books.ts';

function example(): LabelBook {
  let book = withCategory(emptyBook('d1'), ' Off by one, "again" ');
  const says = (annotator: string, key: string, categories: readonly string[], note = '') => {
    book = withLabel(book, annotator, key, { categories, note });
  };
  says('Ana', 'small/a3', ['algorithmic-error', 'other']);
  says('Ana', 'small/b1', ['off-by-one-again'], 'see line 2,\nthe "loop"');
  says('Ben', 'small/a3', ['algorithmic-error']);
  says('Ben', 'small/b1', ['other']);
  says('__proto__', 'small/a2', ['other']);
  return { ...book, plan: { judge: 'A', errors: 'both', confidence: 0.95, margin: 0.05, seed: 3 } };
}

it('adds, renames and removes categories, and says how often they are used', () => {
  const book = example();
  expect(book.categories.at(-1)).toEqual({ id: 'off-by-one-again', name: 'Off by one, "again"' });
  expect(withCategory(book, 'OTHER')).toBe(book);
  expect(withCategory(book, ' - ')).toBe(book);
  expect(withCategoryName(book, 'other', 'Else').categories.find(({ id }) => id === 'other')?.name).toBe(
    'Else',
  );
  const settled = withSettled(book, 'small/b1', 'other');
  expect([usesOf(settled, 'other'), usesOf(settled, 'task-misread')]).toEqual([4, 0]);
  const less = withoutCategory(settled, 'other');
  expect(less.settled.size).toBe(0);
  expect(less.labels.get('Ana')?.get('small/a3')?.categories).toEqual(['algorithmic-error']);
  expect(less.labels.get('Ben')?.has('small/b1')).toBe(false);
  expect(usesOf(less, 'other')).toBe(0);
});

it('takes a label away that says nothing, and knows its annotator still', () => {
  const book = withLabel(example(), '__proto__', 'small/a2', { categories: [], note: '' });
  expect(book.labels.get('__proto__')?.size).toBe(0);
});

it('counts first categories, with what was settled', () => {
  const open = categoryCounts(example());
  expect(open.open).toBe(1);
  expect(open.counts.find(({ id }) => id === 'other')).toMatchObject({ byAnnotator: [0, 1, 1], final: 1 });
  const settled = categoryCounts(withSettled(example(), 'small/b1', 'other'));
  expect([settled.open, settled.counts.find(({ id }) => id === 'other')?.final]).toEqual([0, 2]);
});

it('is the same after writing and reading', () => {
  const book = withSettled(example(), 'small/b1', 'other');
  expect(readLabelFile(labelFile(book), 'd1')).toEqual(book);
});

it('says what is wrong with a file', () => {
  const fault = (change: (file: Record<string, unknown>) => void, study = 'd1') => {
    const file = JSON.parse(labelFile(example())) as Record<string, unknown>;
    change(file);
    const read = readLabelFile(JSON.stringify(file), study);
    return 'fault' in read ? read.fault : null;
  };
  expect(readLabelFile('{', 'd1')).toHaveProperty('fault', expect.stringContaining('no JSON'));
  expect(readLabelFile('[]', 'd1')).toHaveProperty('fault', expect.stringContaining('no file of labels'));
  expect(fault(() => {}, 'd2')).toContain('another study (d1');
  expect(fault((file) => delete file.settled)).toContain('settled');
  expect(fault((file) => Object.assign(file, { categories: [{ id: 1 }] }))).toContain('categories');
  expect(fault((file) => Object.assign(file, { plan: { judge: 'A', margin: 2 } }))).toContain('plan');
  expect(
    fault((file) => Object.assign(file, { labels: { Ana: { k: { categories: ['none'], note: '' } } } })),
  ).toBe('Ana, k: expected categories of the file and a note');
});

it('lays two books beside each other and says whose labels it replaces', () => {
  const own = withLabel(emptyBook('d1'), 'Ana', 'small/a3', { categories: ['other'], note: '' });
  const other = example();
  expect(replacedBy(own, other)).toEqual(['Ana']);
  expect(replacedBy(other, other)).toEqual([]);
  const merged = mergeBooks(withCategoryName(own, 'other', 'Else'), other);
  expect([...merged.labels.keys()]).toEqual(['Ana', 'Ben', '__proto__']);
  expect(merged.labels.get('Ana')?.size).toBe(2);
  expect(merged.plan?.seed).toBe(3);
  expect(merged.categories.map(({ name }) => name).slice(-2)).toEqual(['Else', 'Off by one, "again"']);
});

it('writes labels as CSV', () => {
  const lines = labelsCsv(withSettled(example(), 'small/b1', 'other'), readRows(explorerData), [
    'A',
    'B',
  ]).split('\r\n');
  expect(lines[0]).toBe('task,language,generator,candidate,judge,error,annotator,category,categories,note');
  expect(lines[1]).toBe(
    'python/one,python,small,a3,A,false-positive,Ana,Algorithmic error,Algorithmic error; Other,',
  );
  expect(lines[2]).toBe(
    'python/two,python,small,b1,A,false-positive,Ana,"Off by one, ""again""","Off by one, ""again""","see line 2,\nthe ""loop"""',
  );
  expect(lines.at(-2)).toBe('python/two,python,small,b1,A,false-positive,settled,Other,Other,');
  expect(lines.at(-1)).toBe('');
});
