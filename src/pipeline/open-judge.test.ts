import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeConfigSchema } from '../contracts/team.ts';
import { judgeTemplateHash } from '../prompts/judge-template.ts';
import { UNCALIBRATED } from '../select/score-verdict.ts';
import { createFakeLanguageModel } from '../testing/create-fake-language-model.ts';
import { openJudge } from './open-judge.ts';
import type { ModelRequest } from './open-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-judges-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a profile and opens its judge; `asked` is what the engine was asked for. */
async function open(fields: object, config: object = { profile: 'mine' }) {
  mkdirSync(join(folder, 'mine'), { recursive: true });
  const profile = { name: 'tuned', model: 'file:base.gguf', ...fields };
  writeFileSync(join(folder, 'mine', 'profile.json'), JSON.stringify(profile));
  const asked: ModelRequest[] = [];
  const model = createFakeLanguageModel({ name: 'fake', digest: 'ab' });
  const opener = {
    open: async (request: ModelRequest) => {
      asked.push(request);
      return { model, entry: null };
    },
    dispose: async () => undefined,
  };
  const judge = await openJudge(judgeConfigSchema.parse(config), { folder, languages: [], opener });
  return { judge, asked };
}

describe('openJudge', () => {
  it('opens a profile by its folder or file: weights from there, method, labels and calibration as it says', async () => {
    const template = { method: 'rankef', layout: 'compact', labels: null, promptKind: 'chat' } as const;
    const measured = { platt: { slope: 2, intercept: 0 }, confidenceBounds: { min: 0.5, max: 1 } };
    const fields = { ...template, ...measured, templateHash: judgeTemplateHash(template), modelDigest: 'ab' };
    const { judge, asked } = await open(fields);
    expect(judge).toMatchObject({ name: 'tuned', strategy: { method: 'rankef' }, calibration: measured });
    expect(asked[0]).toMatchObject({ model: 'file:base.gguf', folder: join(folder, 'mine') });
    expect(asked[0]?.labels).toHaveLength(3);
    const named = await open(fields, { profile: 'mine/profile.json', name: 'other' });
    expect(named.judge.name).toBe('other');
  });

  it('opens a model, zero-shot and not calibrated unless the team says otherwise', async () => {
    const { judge, asked } = await open({}, { model: 'smollm2-135m', method: 'ice-score' });
    expect(judge).toMatchObject({
      name: 'smollm2-135m',
      strategy: { method: 'ice-score' },
      calibration: UNCALIBRATED,
    });
    expect(asked[0]).toMatchObject({ folder, labels: null });
    const plain = await open({}, { model: 'smollm2-135m' });
    expect(plain.judge.strategy.method).toBe('zero-shot');
  });

  it.each([
    ['other weights', { modelDigest: '00' }, 'digest-mismatch', /other weights/],
    ['another adapter', { modelDigest: 'ab', adapterDigest: 'cd' }, 'digest-mismatch', /other weights/],
    ['another prompt', { templateHash: 'old' }, 'usage', /another prompt template/],
    ['other examples', { examplesDigest: '00' }, 'digest-mismatch', /other examples/],
    ['an unknown field', { plat: null }, 'usage', /unknown key .*plat.*/],
  ])('refuses a profile that was measured with %s', async (_name, fields, code, message) => {
    await expect(open(fields)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
