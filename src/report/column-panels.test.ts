import { expect, it } from 'vitest';
import { columnPanels } from './column-panels.ts';

const text = (width: number) => ({ width, isText: true });
const number = (width: number) => ({ width, isText: false });

it('leaves what fits in one panel', () => {
  expect(columnPanels([text(10), number(10), number(10)], 30)).toEqual([[0, 1, 2]]);
  expect(columnPanels([], 30)).toEqual([[]]);
});

it('begins each panel with the texts that the table begins with', () => {
  const columns = [text(5), text(5), number(10), number(10), text(10), number(10), number(15)];
  expect(columnPanels(columns, 30)).toEqual([
    [0, 1, 2, 3],
    [0, 1, 4, 5],
    [0, 1, 6],
  ]);
});

it('gives a column that is too wide a panel of its own', () => {
  expect(columnPanels([text(5), number(5), number(50), number(5)], 20)).toEqual([
    [0, 1],
    [0, 2],
    [0, 3],
  ]);
});

it('divides nothing where the texts fill more than half', () => {
  expect(columnPanels([text(16), number(10), number(10)], 30)).toEqual([[0, 1, 2]]);
});

it('of numbers alone fills panels one after another', () => {
  expect(columnPanels([number(10), number(10), number(10)], 20)).toEqual([[0, 1], [2]]);
});
