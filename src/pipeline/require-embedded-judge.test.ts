import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/tiny-model.ts';
import { readTeam } from './read-team.ts';
import { requireEmbeddedJudge } from './require-embedded-judge.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
for (const [name, model] of [
  ['here', 'smollm2-135m'],
  ['python', 'transformers:model'],
] as const) {
  mkdirSync(folder.path(name));
  writeFileSync(folder.path(`${name}/profile.json`), JSON.stringify({ name, model }));
}
const server = { model: 'openai:m@http://127.0.0.1:9/v1' };

async function require(judges: readonly object[], everyModel: Readonly<Record<string, unknown>>) {
  const overrides = { team: { judges }, everyModel };
  return requireEmbeddedJudge(await readTeam(null, overrides), overrides);
}

describe('requireEmbeddedJudge', () => {
  it.each([
    [[server], {}],
    [[server, { model: 'smollm2-135m' }], { threads: 2 }],
    [[server, { profile: folder.path('here') }], { threads: 2, gpu: 'auto' }],
  ])('takes %j with %j', async (judges, flags) => expect(await require(judges, flags)).toBeUndefined());

  it('refuses flags that no judge would use', async () => {
    await expect(require([server], { threads: 2, gpu: 'auto' })).rejects.toMatchObject({
      code: 'usage',
      message: '--threads and --gpu: no judge runs in this process',
    });
    await expect(require([{ profile: folder.path('python') }], { gpu: 'auto' })).rejects.toThrow('--gpu: ');
  });
});
