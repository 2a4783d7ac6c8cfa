import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { studyConfigSchema } from '../../contracts/study-config.ts';
import { hashFile } from '../../io/hash-file.ts';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { studyOverlaps } from './study-overlaps.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const taskOf = (id: string) => ({
  ...adhocTask({ description: `Do ${id}.`, signature: 'def f(x):', language: 'python' }),
  id,
});
const parts = { a: 'train', b: 'train', c: 'validation', d: 'test' };
mkdirSync(folder.path('data'));
writeFileSync(folder.path('data/data-card.json'), '{}');
writeFileSync(
  folder.path('data/tasks.jsonl'),
  Object.entries(parts)
    .map(([id, split]) => `${JSON.stringify({ split, task: taskOf(id) })}\n`)
    .join(''),
);
const digest = await hashFile(folder.path('data/data-card.json'));
for (const [name, datasetDigest] of Object.entries({ mine: digest, theirs: 'f'.repeat(64) })) {
  const training = { objective: 'verdict', method: 'lora', rows: 1, epochs: 1, seed: 1, settings: {} };
  mkdirSync(folder.path(name));
  writeFileSync(
    folder.path(`${name}/profile.json`),
    JSON.stringify({ name, model: 'm', training: { ...training, datasetDigest } }),
  );
}

function overlaps(
  tasks: string,
  ids: readonly string[],
  more: { readonly train?: string; readonly datasets?: readonly string[] },
) {
  const config = studyConfigSchema.parse({
    ...{ name: 'x', tasks: [tasks], ...more, generators: [{ name: 'g', model: 'm' }] },
    judges: [
      { name: 'zero', model: 'm' },
      { name: 'mine', profile: 'mine' },
      { name: 'theirs', profile: 'theirs' },
    ],
    rankers: ['random', 'judge:mine', 'judge:m'],
  });
  const run = {
    ...{ config, folder: folder.path('.'), out: folder.path('out'), languages: [], env: {} },
    ...{ offline: true, sandbox: 'auto', workers: null, signal: new AbortController().signal },
  };
  const teams = [
    { name: 'both', judges: ['zero', 'mine'] },
    { name: 'untrained', judges: ['zero'] },
  ];
  return studyOverlaps(run, { teams, tasks: ids.map(taskOf) });
}

const unknown = { trained: null, validation: null };

it('counts the tasks that judges, teams and rankers were trained on or chosen by', async () => {
  const counts = { trained: 2, validation: 1 };
  const expected = [
    { name: 'mine', kind: 'judge', ...counts },
    { name: 'theirs', kind: 'judge', ...unknown },
    { name: 'both', kind: 'team', ...counts },
    { name: 'judge:mine', kind: 'ranker', ...counts },
  ];
  expect(await overlaps('data', ['a', 'b', 'c', 'd', 'e'], {})).toEqual(expected);
  expect(await overlaps('elsewhere.jsonl', ['a', 'b', 'c', 'd', 'e'], { train: 'data' })).toEqual(expected);
  const named = { datasets: ['other', 'data'] };
  expect(await overlaps('elsewhere.jsonl', ['a', 'b', 'c', 'd', 'e'], named)).toEqual(expected);
});

it('has nothing to say of test tasks, and says when it cannot know', async () => {
  expect(await overlaps('data', ['d'], {})).toEqual([{ name: 'theirs', kind: 'judge', ...unknown }]);
  const found = await overlaps('elsewhere.jsonl', ['a'], {});
  expect(found.map(({ name, trained }) => [name, trained])).toEqual(
    ['mine', 'theirs', 'both', 'judge:mine'].map((name) => [name, null]),
  );
});
