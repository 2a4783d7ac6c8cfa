import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { runStages } from './run-stages.ts';
import type { Stage } from './stage.ts';
import { stageConditions } from './stage-conditions.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const stagesOf = (seed: number): readonly Stage[] =>
  [
    { id: 'first', needs: [] },
    { id: 'second', needs: ['first'] },
    { id: 'other', needs: [] },
  ].map(({ id, needs }) => ({
    ...{ id, needs, title: id, uses: [], files: [] },
    inputs: async () => (id === 'first' ? { seed } : {}),
    run: async () => null,
  }));
const out = folder.path('');
const statesOf = async (seed: number, running: readonly string[] = []) =>
  (await stageConditions(out, stagesOf(seed), new Set(running))).conditions.map(
    ({ state, changed }) => `${state} ${changed.join()}`,
  );

it('tells what is finished, what runs again and why, and what depends on that', async () => {
  expect(await statesOf(1, ['other'])).toEqual(['to-do ', 'to-do ', 'running ']);
  await runStages(stagesOf(1), {
    folder: out,
    cores: { all: 1, model: 1 },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  expect(await statesOf(1)).toEqual(['finished ', 'finished ', 'finished ']);
  expect(await statesOf(2)).toEqual(['changed seed', 'depends ', 'finished ']);
});
