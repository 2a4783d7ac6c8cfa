import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/tiny-model.ts';
import type { LanguageModel, TextScoreRequest } from '../lm/language-model.ts';
import { openResultCache, type ResultCache } from '../store/result-cache.ts';
import { recordTextScores } from './record-text-scores.ts';

const folder = await temporaryFolder();
let cache: ResultCache;
beforeAll(async () => {
  cache = await openResultCache(folder.path('results.sqlite'));
});
afterAll(async () => {
  cache.close();
  await folder.remove();
});

const request: TextScoreRequest = { prompt: { kind: 'text', text: 'a' }, text: 'b' };

function modelOf(digest: string | null, asked: TextScoreRequest[], settings = {}): LanguageModel {
  return {
    ...{ name: 'm', engine: 'fake', digest, settings, contextSize: null, concurrency: 1 },
    scoreText: async (asking) => {
      asked.push(asking);
      return { logProbability: -asked.length, tokenCount: 2 };
    },
    dispose: async () => undefined,
  };
}

describe('recordTextScores', () => {
  it('asks once, whoever has the same weights and settings', async () => {
    const asked: TextScoreRequest[] = [];
    const first = await recordTextScores(modelOf('abc', asked), cache).scoreText?.(request);
    expect(await recordTextScores(modelOf('abc', asked), cache).scoreText?.(request)).toEqual(first);
    expect(asked).toEqual([request]);
    await recordTextScores(modelOf('abc', asked, { threads: 2 }), cache).scoreText?.(request);
    await recordTextScores(modelOf('abd', asked), cache).scoreText?.({ ...request });
    await recordTextScores(modelOf('abc', asked), cache).scoreText?.({ ...request, text: 'c' });
    expect(asked).toHaveLength(4);
  });

  it('asks a server each time, and leaves a model that cannot as it is', async () => {
    const asked: TextScoreRequest[] = [];
    const server = recordTextScores(modelOf(null, asked), cache);
    await server.scoreText?.(request);
    await server.scoreText?.(request);
    expect(asked).toHaveLength(2);
    const { scoreText: _none, ...blind } = modelOf('x', asked);
    expect(recordTextScores(blind, cache)).toBe(blind);
  });
});
