import { expect, it } from 'vitest';
import { reporter } from './report-events.ts';

it.each([
  [{ kappa: 0.25, f1: null, candidates: 8, invalid: 0 }, 'epoch 2: kappa 0.250, f1 not defined'],
  [
    { kappa: 0.25, candidates: 8, invalid: 3, labelMass: 0.6 },
    'epoch 2: kappa 0.250, labelMass 0.600, 3 of 8 answers invalid (label mass below 0.5)',
  ],
  [{ loss: 1.5 }, 'epoch 2: loss 1.500'],
])('tells of an epoch: %j', (metrics, text) => {
  const notices: string[] = [];
  const report = reporter({ onProgress: () => undefined, onNotice: (notice) => notices.push(notice) });
  report({ event: 'evaluated', epoch: 2, metrics });
  expect(notices).toEqual([text]);
});
