import { expect, it } from 'vitest';
import { studyDocument, studyTimesDocument } from '../../test/support/study-document.ts';
import { studySections } from './study-sections.ts';
import { studyTables } from './study-tables.ts';

const tables = studyTables(studyDocument(), studyTimesDocument());

it('has a place for each table, times last', () => {
  const sections = studySections(tables, []);
  const placed = sections.flatMap(({ parts }) => parts.map(({ table }) => table?.id));
  expect(placed.toSorted()).toEqual(tables.map(({ id }) => id).toSorted());
  expect(placed.at(-1)).toBe('times');
});

it('leaves out sections of which there is nothing', () => {
  const some = tables.filter(({ id }) => id === 'tasks' || id === 'times');
  expect(studySections(some, []).map(({ id }) => id)).toEqual(['studied', 'times']);
});

it('refuses what has no place', () => {
  const [table] = tables;
  if (table === undefined) throw new Error('no table');
  expect(() => studySections([{ ...table, id: 'unheard-of' }], [])).toThrow('unheard-of');
});
