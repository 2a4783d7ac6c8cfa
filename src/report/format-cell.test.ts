import { describe, expect, it } from 'vitest';
import { formatCell } from './format-cell.ts';
import type { ColumnKind, ReportCell } from './report-table.ts';

const CASES: readonly (readonly [ColumnKind, ReportCell, string])[] = [
  ['text', 'plain', 'plain'],
  ['text', 'two\n  lines\tand a tab', 'two lines and a tab'],
  ['text', 'red \u001b[31m', 'red \\x1b[31m'],
  ['text', '', ''],
  ['text', null, '-'],
  ['count', 0, '0'],
  ['count', 36_100, '36,100'],
  ['count', -1_234_567, '-1,234,567'],
  ['count', { value: 13, low: null, high: null }, '13'],
  ['share', 0.61549, '61.5 %'],
  ['share', -0.0001, '0.0 %'],
  ['share', 1, '100.0 %'],
  ['share', { value: 0.615, low: 0.5, high: 0.7 }, '61.5 % [50.0, 70.0]'],
  ['share', { value: -0.012, low: -0.031, high: 0.00001 }, '-1.2 % [-3.1, 0.0]'],
  ['share', { value: null, low: null, high: null }, '-'],
  ['number', 0.5713, '0.571'],
  ['number', -0.0004, '0.000'],
  ['number', -0.5, '-0.500'],
  ['number', { value: 2.05, low: 1.5, high: 2.8 }, '2.050 [1.500, 2.800]'],
  ['p-value', 0, '<0.001'],
  ['p-value', 0.00099, '<0.001'],
  ['p-value', 0.001, '0.001'],
  ['p-value', 0.0496, '0.050'],
  ['p-value', 1, '1.000'],
  ['dollars', 0, '$0.00'],
  ['dollars', 17_500, '$17,500.00'],
  ['dollars', 0.0042, '$0.0042'],
  ['dollars', -3.5, '-$3.50'],
  ['seconds', 0.4317, '0.43 s'],
  ['seconds', 59.99, '59.99 s'],
  ['seconds', 59.996, '1 min 0 s'],
  ['seconds', 261.4, '4 min 21 s'],
  ['seconds', 7_325, '2 h 2 min'],
];

describe('formatCell', () => {
  it.each(CASES)('%s %j is %j', (kind, cell, shown) => {
    expect(formatCell(cell, kind)).toBe(shown);
  });
});
