import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/tiny-model.ts';
import { requireJudge } from './require-judge.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
mkdirSync(folder.path('judges/mine'), { recursive: true });
writeFileSync(folder.path('judges/mine/profile.json'), JSON.stringify({ name: 'mine', model: 'a' }));
mkdirSync(folder.path('judges/empty'));

const require = (judge: { model?: string; profile?: string }) =>
  requireJudge({ model: null, profile: null, ...judge }, folder.path);

describe('requireJudge', () => {
  it.each([
    { profile: 'judges/mine' },
    { profile: 'judges/mine/profile.json' },
    { model: 'smollm2-135m' },
    { model: 'file:no/such.gguf' },
    { model: 'no/such.gguf' },
    { model: 'openai:a/b@http://localhost:1/v1' },
  ])('leaves to who opens it: %j', async (judge) => expect(await require(judge)).toBeUndefined());

  it('says that a judge is not there, and how one is made and named', async () => {
    const hint = expect.stringMatching(/codejury train --out FOLDER` makes one/);
    for (const [judge, message] of [
      [{ model: 'judges/none' }, 'there is no judge judges/none'],
      [{ profile: 'judges/none' }, `there is no judge profile ${folder.path('judges/none')}`],
      [{ profile: 'judges/empty' }, `there is no judge profile ${folder.path('judges/empty/profile.json')}`],
    ] as const) {
      await expect(require(judge)).rejects.toMatchObject({ code: 'not-found', message, hint });
    }
  });

  it('says how a trained judge is named', async () => {
    await expect(require({ model: 'judges/mine' })).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('--profile judges/mine'),
    });
  });
});
