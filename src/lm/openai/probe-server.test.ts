import { describe, expect, it } from 'vitest';
import { DIALECTS, type Dialect } from '../../../test/support/openai-dialects.ts';
import { type FakeServerOptions, startFakeServer } from '../../../test/support/openai-server.ts';
import { type ProbeOptions, probeServer } from './probe-server.ts';

async function probe(dialect: Dialect, server: FakeServerOptions = {}, options: Partial<ProbeOptions> = {}) {
  await using fake = await startFakeServer(dialect, server);
  return await probeServer({
    model: null,
    baseUrl: fake.baseUrl,
    env: {},
    sleep: async () => {},
    ...options,
  });
}

describe('probing a server', () => {
  it('finds everything at vLLM', async () => {
    expect(await probe(DIALECTS.vllm)).toMatchObject({
      reachable: true,
      problem: null,
      kind: 'vllm',
      models: ['tiny'],
      model: 'tiny',
      contextSize: 4096,
      chat: { answers: true, width: 20, basis: 'raw', greedyIntact: true },
      completions: { answers: true, width: 20, basis: 'raw' },
      many: { honoursN: true, honoursSeed: true },
      textScoring: { method: 'echo' },
      canGenerate: { able: true },
      canJudge: { able: true },
      canScoreText: { able: true },
      notices: [],
    });
  });

  it('finds that llama.cpp does not score a given text', async () => {
    expect(await probe(DIALECTS.llamaCpp)).toMatchObject({
      kind: 'llama.cpp',
      contextSize: 1024,
      canJudge: { able: true },
      canScoreText: { able: false, reason: expect.stringContaining('does not return') },
    });
  });

  it('finds that n is ignored and that echoed numbers are shifted', async () => {
    expect(await probe(DIALECTS.llamaCppPython)).toMatchObject({
      kind: 'llama-cpp-python',
      contextSize: null,
      many: { honoursN: false, honoursSeed: true },
      canJudge: { able: true },
      canScoreText: { able: false, reason: expect.stringContaining('not those of the tokens') },
    });
  });

  it('takes vLLM’s own field where echo does not work', async () => {
    const report = await probe({ ...DIALECTS.vllm, echo: 'ignored' });
    expect(report.textScoring?.method).toBe('prompt_logprobs');
  });

  it.each(['ollama', 'lmStudio'] as const)('finds that %s can generate but not judge', async (name) => {
    expect(await probe(DIALECTS[name])).toMatchObject({
      canGenerate: { able: true },
      canJudge: { able: false, reason: expect.stringContaining('leaves log-probabilities out') },
      canScoreText: { able: false },
    });
  });

  it('finds that OpenAI has chats only', async () => {
    expect(await probe(DIALECTS.openai)).toMatchObject({
      kind: 'openai',
      completions: { answers: false },
      canGenerate: { able: true, reason: '/chat/completions answers' },
      canJudge: { able: true },
      canScoreText: { able: false },
    });
  });

  it('tells numbers after temperature', async () => {
    const report = await probe({ ...DIALECTS.vllm, logprobs: 'after-temperature' });
    expect(report.chat).toMatchObject({ basis: 'after-temperature', greedyIntact: false });
    expect(report.canJudge.able).toBe(true);
  });

  it('reports a server that refuses the key instead of failing', async () => {
    const report = await probe(DIALECTS.vllm, { key: 'abc' });
    expect(report).toMatchObject({ reachable: true, models: null, canGenerate: { able: false } });
    expect(report.problem?.hint).toContain('OPENAI_API_KEY');
  });

  it('reports a server that is not there, and a model it does not offer', async () => {
    const gone = await startFakeServer(DIALECTS.vllm);
    await gone[Symbol.asyncDispose]();
    const down = await probeServer({ model: null, baseUrl: gone.baseUrl, env: {} });
    expect(down).toMatchObject({ reachable: false, canJudge: { able: false } });
    expect(down.problem?.hint).toContain('nothing listens');
    const wrong = await probe(DIALECTS.vllm, {}, { model: 'tinny' });
    expect(wrong.problem?.hint).toContain('did you mean "tiny"');
  });

  it('stops at an abort', async () => {
    const signal = AbortSignal.abort();
    await expect(probe(DIALECTS.vllm, {}, { signal })).rejects.toMatchObject({ code: 'aborted' });
  });
});
