import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hashFile } from '../../io/hash-file.ts';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { readTeam } from '../read-team.ts';
import { trainingNotices } from './training-notices.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-trained-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

const task = (id: string, description = `Do ${id}.`) => ({
  ...adhocTask({ description, signature: 'def f(x):', language: 'python' }),
  id,
});

it('tells of judges that choose among candidates of what they were trained on', async () => {
  mkdirSync(path('dataset'));
  writeFileSync(path('dataset/data-card.json'), '{}');
  const parts = ['train', 'train', 'validation', 'test'].map((split, index) => ({
    split,
    task: task(`t${index}`),
  }));
  writeFileSync(path('dataset/tasks.jsonl'), parts.map((part) => `${JSON.stringify(part)}\n`).join(''));
  const profile = (datasetDigest: string) => {
    const training = { objective: 'verdict', method: 'lora', rows: 1, epochs: 1, seed: 1, settings: {} };
    writeFileSync(
      path('profile.json'),
      JSON.stringify({ name: 'mine', model: 'm', training: { ...training, datasetDigest } }),
    );
    return path('profile.json');
  };
  const notices = async (digest: string, tasks: string, train: string | null, ranked = [0, 1, 2, 3]) => {
    const team = await readTeam(null, { team: { judges: [{ profile: profile(digest) }] } });
    const specs = [{ name: 'judge', argument: null, text: 'judge' }] as const;
    const own = ranked.map((index) => task(`t${index}`));
    return trainingNotices(specs, team, { tasks, train, ranked: [...own, task('twin', 'Do t1.')] });
  };
  const digest = await hashFile(path('dataset/data-card.json'));
  const says = ['mine was trained on 3 of the ranked tasks: what is shown flatters it'];
  expect(await notices(digest, path('dataset/tasks.jsonl'), null)).toEqual(says);
  expect(await notices(digest, path('elsewhere.jsonl'), path('dataset'))).toEqual(says);
  expect(await notices(digest, path('dataset'), null, [2, 3])).toHaveLength(1);
  expect(await notices(digest, path('elsewhere.jsonl'), null)).toEqual([]);
  expect(await notices('other', path('dataset/tasks.jsonl'), null)).toEqual([]);
  const named = [{ name: 'judge', argument: path('profile.json'), text: 'judge:x' }] as const;
  profile(digest);
  const data = { tasks: path('dataset'), train: null, ranked: [task('t0')] };
  expect(await trainingNotices(named, await readTeam(null), data)).toHaveLength(1);
});
