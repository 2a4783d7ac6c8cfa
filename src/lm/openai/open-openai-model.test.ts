import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../../../test/support/openai-dialects.ts';
import { startFakeServer } from '../../../test/support/openai-server.ts';
import { openOpenaiModel } from './open-openai-model.ts';

describe('opening a model', () => {
  it('names model and server, and tells what the server says of the context', async () => {
    await using fake = await startFakeServer(DIALECTS.vllm);
    const model = await openOpenaiModel({ model: 'tiny', baseUrl: `${fake.baseUrl}/`, env: {} });
    expect(model).toMatchObject({
      name: `openai:tiny@${fake.baseUrl}`,
      engine: 'openai',
      digest: null,
      contextSize: 4096,
      concurrency: 4,
      settings: { model: 'tiny', baseUrl: fake.baseUrl, extraBody: '{}' },
    });
    expect(model.embed).toBeUndefined();
    expect(fake.requests.map((request) => request.path)).toEqual(['/v1/models']);
  });

  it('keeps a server that answers one request at a time to one', async () => {
    await using fake = await startFakeServer(DIALECTS.llamaCppPython);
    const model = await openOpenaiModel({ model: 'tiny', baseUrl: fake.baseUrl, env: {} });
    expect(model.concurrency).toBe(1);
    expect(model.notices).toEqual([expect.stringContaining('one request at a time')]);
  });

  it('embeds where asked to, normalised', async () => {
    await using fake = await startFakeServer(DIALECTS.vllm);
    const model = await openOpenaiModel({ model: 'tiny', baseUrl: fake.baseUrl, env: {}, embeddings: true });
    const vector = await model.embed?.('text');
    expect(vector?.[0]).toBeCloseTo(0.6, 6);
    expect(vector?.[1]).toBeCloseTo(0.8, 6);
  });

  it.each([
    [{ baseUrl: 'localhost:8080' }, 'expected an http or https URL'],
    [{ baseUrl: 'http://me:secret@host/v1' }, 'no user or password'],
    [{ baseUrl: 'http://host/v1?key=1' }, 'no "?" or "#" part'],
    [{ model: ' ' }, 'expected a model name'],
    [{ timeoutMs: 0 }, 'timeoutMs: expected an integer from 1'],
    [{ concurrency: Number.NaN }, 'concurrency: expected an integer'],
    [{ env: { OPENAI_API_KEY: 'two words' } }, 'OPENAI_API_KEY: expected a key of printable ASCII'],
  ])('refuses %o', async (wrong, message) => {
    const opened = openOpenaiModel({ model: 'tiny', baseUrl: 'http://127.0.0.1:9/v1', env: {}, ...wrong });
    await expect(opened).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(message) });
    await expect(opened).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });
});
