import { expect, it } from 'vitest';
import { kappaBand } from '../../evaluate/cohen-kappa.ts';
import { KAPPA_BANDS } from './kappa-figure.ts';

it('has the bands that kappas are called by', () => {
  for (const { name, from, to } of KAPPA_BANDS) {
    expect(kappaBand((from + to) / 2)).toBe(name);
    expect(kappaBand(to - 1e-9)).toBe(name);
    expect(kappaBand(from + 1e-9)).toBe(name);
  }
  expect(KAPPA_BANDS.slice(1).map(({ from }) => from)).toEqual(KAPPA_BANDS.slice(0, -1).map(({ to }) => to));
});
