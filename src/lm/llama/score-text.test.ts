import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, textPrompt, tinyOptions } from '../../../test/support/tiny-model.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import { type LanguageModel, requireCapability } from '../language-model.ts';
import { openLlamaModel } from './open-llama-model.ts';

const folder = await temporaryFolder();
let random: LanguageModel;
let table: LanguageModel;

beforeAll(async () => {
  await writeTinyGguf(folder.path('random.gguf'));
  await writeTinyGguf(folder.path('table.gguf'), {
    transitions: { a: { b: 0, c: Math.log(3) }, b: { a: 0 }, c: { a: 0, c: 0 } },
  });
  random = await openLlamaModel(tinyOptions(folder.path('random.gguf')));
  table = await openLlamaModel(tinyOptions(folder.path('table.gguf')));
});

afterAll(async () => {
  await Promise.all([random.dispose(), table.dispose()]);
  await folder.remove();
});

async function score(model: LanguageModel, prompt: string, text: string, signal?: AbortSignal) {
  return await requireCapability(model, 'scoreText')({ prompt: textPrompt(prompt), text, signal });
}

describe('scoreText', () => {
  test('sums the log-probabilities of the tokens of the text, not of the prompt', async () => {
    const { logProbability, tokenCount } = await score(table, 'bca', 'bacca');
    expect(tokenCount).toBe(5);
    expect(logProbability).toBeCloseTo(Math.log((1 / 4) * 1 * (3 / 4) * (1 / 2) * (1 / 2)), 4);
  });

  test('scores texts longer than one chunk', async () => {
    const text = 'ca'.repeat(100);
    const { logProbability, tokenCount } = await score(table, 'a', text);
    expect(tokenCount).toBe(200);
    expect(logProbability).toBeCloseTo(100 * Math.log(3 / 4) + 100 * Math.log(1 / 2), 1);
  });

  test('does not depend on what was scored before', async () => {
    const expected = await score(random, 'def f(a):', ' return a');
    await score(random, 'def f(a):', ' return b');
    expect(await score(random, 'def f(a):', ' return a')).toEqual(expected);
    await score(random, 'x', 'y');
    expect(await score(random, 'def f(a):', ' return a')).toEqual(expected);
  });

  test('refuses an empty text, an empty prompt, and what does not fit', async () => {
    await expect(score(table, 'a', '')).rejects.toMatchObject({ code: 'usage' });
    await expect(score(table, '', 'a')).rejects.toMatchObject({ code: 'usage' });
    await expect(score(table, 'a', 'ba'.repeat(300))).rejects.toMatchObject({ code: 'context-length' });
  });

  test('ends with an aborted signal', async () => {
    await expect(score(table, 'a', 'b', AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });
});
