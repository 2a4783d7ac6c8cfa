import { describe, expect, it } from 'vitest';
import { wordLogprob } from '../../../test/support/openai-answers.ts';
import { DIALECTS, type Dialect } from '../../../test/support/openai-dialects.ts';
import { startFakeServer } from '../../../test/support/openai-server.ts';
import type { Prompt } from '../language-model.ts';
import { openOpenaiModel } from './open-openai-model.ts';

async function score(dialect: Dialect, text: string, prompt: Prompt = { kind: 'text', text: 'Say' }) {
  await using fake = await startFakeServer(dialect);
  const model = await openOpenaiModel({ model: 'tiny', baseUrl: fake.baseUrl, env: {} });
  return await model.scoreText?.({ prompt, text });
}

describe('scoring a text', () => {
  it.each(['right', 'ignored'] as const)('sums over the tokens of the text alone (echo %s)', async (echo) => {
    const result = await score({ ...DIALECTS.vllm, echo }, ' Yes really 1');
    expect(result?.tokenCount).toBe(3);
    expect(result?.logProbability).toBeCloseTo(wordLogprob(' Yes') - 2 + wordLogprob(' 1'), 6);
  });

  it.each(['llamaCpp', 'llamaCppPython', 'openai'] as const)(
    'says that the server cannot: %s',
    async (name) => {
      await expect(score(DIALECTS[name], ' Yes')).rejects.toMatchObject({ code: 'capability' });
    },
  );

  it('does not know the template of a chat', async () => {
    const prompt: Prompt = { kind: 'chat', messages: [{ role: 'user', content: 'Say' }] };
    await expect(score(DIALECTS.vllm, ' Yes', prompt)).rejects.toMatchObject({ code: 'capability' });
  });

  it('refuses an empty text', async () => {
    await expect(score(DIALECTS.vllm, '')).rejects.toMatchObject({ code: 'usage' });
  });
});
