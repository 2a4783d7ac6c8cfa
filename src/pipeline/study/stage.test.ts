import { writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { findStage, runStage, type Stage, type StageRecord, stageInputs } from './stage.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const stageOf = (inputs: Readonly<Record<string, unknown>>): Stage => ({
  id: 'written',
  title: 'what is written',
  needs: ['earlier'],
  uses: [],
  files: ['written.txt'],
  inputs: async () => inputs,
  run: async () => {
    writeFileSync(folder.path('written.txt'), 'text');
    return { count: 1 };
  },
});
const earlierOf = (digest: string): ReadonlyMap<string, StageRecord> =>
  new Map([
    ['earlier', { key: '', files: { 'earlier.txt': digest }, result: null, durationMs: 0, parts: {} }],
  ]);
const run = {
  signal: new AbortController().signal,
  cores: () => 1,
  onProgress: () => undefined,
  onNotice: () => undefined,
};
const find = async (inputs: Readonly<Record<string, unknown>>, digest: string) => {
  const stage = stageOf(inputs);
  return findStage(folder.path(''), stage, await stageInputs(stage, earlierOf(digest)));
};

it('is on record until something changes, and says what did', async () => {
  const stage = stageOf({ seed: 1, judge: { model: 'a' } });
  expect(await find({ seed: 1 }, 'x')).toEqual({ record: null, changed: [] });
  await runStage(folder.path(''), stage, await stageInputs(stage, earlierOf('x')), run);
  expect((await find({ judge: { model: 'a' }, seed: 1 }, 'x')).record?.result).toEqual({ count: 1 });
  expect(await find({ seed: 2, judge: { model: 'a' } }, 'x')).toEqual({ record: null, changed: ['seed'] });
  expect((await find({ seed: 1, judge: { model: 'b' }, other: 0 }, 'y')).changed).toEqual([
    'judge',
    'what earlier wrote',
    'other',
  ]);
  writeFileSync(folder.path('written.txt'), 'another text');
  expect((await find({ seed: 1, judge: { model: 'a' } }, 'x')).changed).toEqual(['written.txt']);
});

it('runs again where its record is damaged', async () => {
  writeFileSync(folder.path('stages/written.json'), '{"key":');
  expect(await find({ seed: 1, judge: { model: 'a' } }, 'x')).toEqual({ record: null, changed: [] });
});
