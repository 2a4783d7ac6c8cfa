import { findLanguage } from '../../lang/find-language.ts';
import { assertCue, TEST_STOP, testWriterPrompt } from '../../prompts/test-writer.ts';
import type { RankedTask } from '../../select/ranker.ts';
import { drawSamples } from '../draw-samples.ts';
import { extractAsserts, type GeneratedAssert } from './extract-asserts.ts';
import type { ScoreSources } from './score-sources.ts';

/** The first valid ones of each sample count. */
const ASSERTS_PER_SAMPLE = 5;

/** Five assertions of a small function are shorter; in tokens. */
const MAX_TOKENS = 160;

/** Tests that the generator wrote for a task; the same one may be there several times. */
export type GeneratedTests = (task: RankedTask) => Promise<readonly GeneratedAssert[]>;

/**
 * Lets the generator write tests in Python, once a task. It sees what a solver sees and no candidate. A task without a named function has
 * none.
 *
 * @param count samples a task
 * @throws {CodejuryError} `capability` for a generator that cannot continue a text.
 * @see arXiv 2207.10397
 */
export function openGeneratedTests(sources: ScoreSources, count: number): GeneratedTests {
  const { cache, seed, signal, languages } = sources;
  const write = async (task: RankedTask): Promise<readonly GeneratedAssert[]> => {
    const language = findLanguage(task.language, languages, task.id);
    const { entryPoint } = task;
    if (entryPoint === null) return [];
    const { model, settings } = await sources.writer();
    const request = {
      model,
      prompt: testWriterPrompt(task, entryPoint, language),
      taskId: `tests of ${task.id}`,
      settings: { ...settings, maxTokens: MAX_TOKENS },
      stop: TEST_STOP,
      indices: Array.from({ length: count }, (_, index) => index),
      seed,
      inTurn: false,
      signal,
    };
    const tests: GeneratedAssert[] = [];
    for await (const { sample } of drawSamples(request, cache)) {
      const text = assertCue(entryPoint) + sample.text;
      tests.push(...(await extractAsserts(language, text, entryPoint, ASSERTS_PER_SAMPLE)));
    }
    return tests;
  };
  const written = new Map<string, Promise<readonly GeneratedAssert[]>>();
  return (task) => {
    const tests = written.get(task.id) ?? write(task);
    written.set(task.id, tests);
    return tests;
  };
}
