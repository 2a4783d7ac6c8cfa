import fc from 'fast-check';
import { expect, it } from 'vitest';
import { permuteRows } from './permute-rows.ts';

it('puts the rows of both halves of a head beside each other', () => {
  // Two heads of four rows, one value a row.
  const values = Float32Array.of(0, 1, 2, 3, 10, 11, 12, 13);
  expect([...permuteRows(values, 1, 2)]).toEqual([0, 2, 1, 3, 10, 12, 11, 13]);
  expect([...permuteRows(Float32Array.of(0, 0.5, 1, 1.5), 2, 1)]).toEqual([0, 0.5, 1, 1.5]);
});

it('is reshape(heads, 2, half, columns) with the middle two exchanged', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      (heads, half, columns) => {
        const values = Float32Array.from({ length: heads * 2 * half * columns }, (_value, index) => index);
        const permuted = permuteRows(values, columns, heads);
        for (let head = 0; head < heads; head++) {
          for (let side = 0; side < 2; side++) {
            for (let row = 0; row < half; row++) {
              for (let column = 0; column < columns; column++) {
                const from = ((head * 2 + side) * half + row) * columns + column;
                const to = ((head * half + row) * 2 + side) * columns + column;
                expect(permuted[to]).toBe(values[from]);
              }
            }
          }
        }
      },
    ),
  );
});

it('refuses rows that are no whole heads', () => {
  expect(() => permuteRows(new Float32Array(6), 1, 2)).toThrow('6 rows');
});
