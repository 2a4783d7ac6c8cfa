import { expect, it } from 'vitest';
import { agreementOf } from './agreement.ts';
import type { Label } from './label-book.ts';

function labels(...categories: readonly string[]): ReadonlyMap<string, Label> {
  return new Map(
    categories.map((id, index) => [`k${index}`, { categories: id === '' ? [] : [id], note: 'n' }]),
  );
}

it('counts agreement, kappa and what is to settle', () => {
  const agreement = agreementOf(
    labels('x', 'x', 'x', 'y', 'y', 'z', '', 'x'),
    labels('x', 'x', 'y', 'y', 'y', 'x', 'x'),
  );
  expect(agreement).toMatchObject({ both: 6, agreed: 4, onlyFirst: 1, onlySecond: 1 });
  expect(agreement.disagreements).toEqual([
    { key: 'k2', first: 'x', second: 'y' },
    { key: 'k5', first: 'z', second: 'x' },
  ]);
  // po = 4/6; pe = (3·3 + 2·3 + 1·0) / 36 = 15/36; kappa = (24 - 15) / (36 - 15).
  expect(agreement.kappa).toBeCloseTo(9 / 21, 12);
});

it('is 1 where they agree on several, null where there is nothing to compare', () => {
  expect(agreementOf(labels('x', 'y'), labels('x', 'y')).kappa).toBe(1);
  expect(agreementOf(labels('x', 'y'), labels('y', 'x')).kappa).toBe(-1);
  expect(agreementOf(labels('x', 'x'), labels('x', 'x')).kappa).toBeNull();
  expect(agreementOf(labels(), labels('x')).kappa).toBeNull();
});

it('takes the first category alone', () => {
  const first = new Map([['k', { categories: ['x', 'y'], note: '' }]]);
  const second = new Map([['k', { categories: ['y', 'x'], note: '' }]]);
  expect(agreementOf(first, second).agreed).toBe(0);
});
