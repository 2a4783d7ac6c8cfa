import { expect, it } from 'vitest';
import { explorerData, explorerTexts } from '../../../test/support/explorer-data.ts';
import { type Filters, filterRows, KINDS, type Kind } from './filter-rows.ts';
import { type Row, readRows } from './row.ts';

const rows = readRows(explorerData);
const textOf = new Map(explorerData.tasks.map((task, index) => [task, explorerTexts.flat()[index]]));
const searched = ({ task, index }: Row) => textOf.get(task)?.candidates[index]?.code ?? null;

function shown(change: Partial<Filters>): readonly string[] {
  const filters = { kind: 'all' as Kind, judge: 0, generator: null, language: null, result: null, text: '' };
  return filterRows(rows, { ...filters, within: null, ...change }, searched).rows.map(({ key }) => key);
}

it('lists each kind, as one judge made it', () => {
  expect(shown({})).toHaveLength(9);
  expect(shown({ kind: 'passed' })).toEqual(['small/a1', 'small/a2']);
  expect(shown({ kind: 'failed' })).toEqual(['small/a3', 'small/a4', 'small/b1', 'small/c1', 'big+1/c1']);
  expect(shown({ kind: 'not-run' })).toEqual(['small/b2', 'small/b3']);
  expect(shown({ kind: 'false-positive' })).toEqual(['small/a3', 'small/b1', 'small/c1']);
  expect(shown({ kind: 'false-positive', judge: 1 })).toEqual(['small/b1']);
  expect(shown({ kind: 'false-negative' })).toEqual(['small/a2']);
  expect(shown({ kind: 'invalid', judge: 1 })).toEqual(['small/a4']);
  expect(shown({ kind: 'disagree' })).toEqual(['small/a2', 'small/a3', 'small/b3', 'small/c1']);
});

it('narrows by generator, language, result, text and sample', () => {
  expect(shown({ generator: 'big+1' })).toEqual(['big+1/c1']);
  expect(shown({ language: 'java' })).toHaveLength(2);
  expect(shown({ result: 'outcome:timeout' })).toHaveLength(2);
  expect(shown({ result: 'feedback:ValueError' })).toEqual(['small/b1']);
  expect(shown({ result: 'rejected:incomplete' })).toEqual(['small/b2']);
  expect(shown({ text: ' WHILE (' })).toHaveLength(2);
  expect(shown({ text: 'python/two' })).toHaveLength(3);
  expect(shown({ text: 'assertion' })).toEqual(['small/a3', 'small/a4']);
  expect(shown({ within: new Set(['small/a1', 'small/b1']), kind: 'failed' })).toEqual(['small/b1']);
});

it('counts what every kind would list under the other filters', () => {
  const filters = { judge: 0, generator: null, language: 'python', result: null, text: '', within: null };
  const { counts } = filterRows(rows, { ...filters, kind: 'invalid' }, searched);
  for (const kind of Object.keys(KINDS) as Kind[]) {
    expect(counts[kind]).toBe(shown({ kind, language: 'python' }).length);
  }
});
