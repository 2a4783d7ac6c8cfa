import { writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import type { Stage } from './stage.ts';
import { keepRates, readRates } from './study-rates.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const out = folder.path('');
const stageOf = (seed: number): Stage => ({
  id: 'samples-a',
  title: '',
  needs: [],
  uses: ['model'],
  files: [],
  inputs: async () => ({ seed }),
  run: async () => null,
});
const result = {
  samples: 10,
  outcomes: [
    { outcome: 'passed', candidates: 4 },
    { outcome: null, candidates: 2 },
  ],
};
const record = { key: '', files: {}, result, durationMs: 0, parts: {} };

it('keeps the longer of two measurements, for the same inputs alone', async () => {
  const keep = (seed: number, done: number) =>
    keepRates(out, { stage: stageOf(seed), work: { generating: { done, seconds: done } }, record });
  await keep(1, 5);
  await keep(1, 3);
  const kept = (await readRates(out, [stageOf(1)])).get('samples-a');
  expect(kept).toMatchObject({
    work: { generating: { done: 5, seconds: 5 } },
    found: { samples: 10, candidates: 4 },
  });
  expect((await readRates(out, [stageOf(2)])).size).toBe(0);
  await keep(2, 1);
  expect((await readRates(out, [stageOf(2)])).get('samples-a')?.work).toEqual({
    generating: { done: 1, seconds: 1 },
  });
});

it('has none where the file is damaged', async () => {
  writeFileSync(folder.path('rates.json'), '{"samples-a":');
  expect((await readRates(out, [stageOf(2)])).size).toBe(0);
});
