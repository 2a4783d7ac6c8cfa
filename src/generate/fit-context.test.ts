import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LanguageModel, Prompt } from '../lm/language-model.ts';
import type { GeneratorContext } from '../prompts/generator.ts';
import { createFakeLanguageModel } from '../testing/create-fake-language-model.ts';
import { fitContext } from './fit-context.ts';

const TASK = 'one two three four five';

/** Everything in the order of the context, then the task: five words. */
function build({ documents, examples }: GeneratorContext): Prompt {
  const parts = [...documents.map(({ text }) => text), ...examples.map(({ solution }) => solution), TASK];
  return { kind: 'text', text: parts.join('\n\n') };
}

const words = (text: string) => text.split(/\s+/).filter(Boolean).length;
const wordsOf = (prompt: Prompt) => (prompt.kind === 'text' ? words(prompt.text) : 0);

/** A model whose tokens are words. */
function model(contextSize: number | null): LanguageModel {
  return { ...createFakeLanguageModel({ contextSize }), countTokens: async (prompt) => wordsOf(prompt) };
}

function context(documents: readonly string[], examples: readonly string[]): GeneratorContext {
  return {
    documents: documents.map((text, index) => ({ name: `d${index}.md`, text })),
    examples: examples.map((solution) => ({ task: { description: 'd', signature: 's' }, solution })),
  };
}

describe('fitContext', () => {
  it('takes everything where it fits, or where the context size is not known', async () => {
    const all = context(['a b', 'c'], ['x y']);
    for (const size of [30, null]) {
      const { prompt, leftOut } = await fitContext(model(size), build, all, 10);
      expect(prompt).toEqual(build(all));
      expect(leftOut).toEqual([]);
    }
  });

  it('keeps examples before documents and cuts a document at a paragraph', async () => {
    const all = context(['a b\n\nc d\n\ne f'], ['x y']);
    const { prompt, leftOut } = await fitContext(model(5 + 2 + 4 + 10), build, all, 10);
    expect(prompt).toEqual(build(context(['a b\n\nc d'], ['x y'])));
    expect(leftOut).toEqual(['1 of 3 paragraphs of d0.md']);
  });

  it('skips an example that is too long and takes a later one', async () => {
    const { prompt, leftOut } = await fitContext(model(18), build, context([], ['x '.repeat(9), 'y']), 10);
    expect(prompt).toEqual(build(context([], ['y'])));
    expect(leftOut).toEqual(['solved example 1']);
  });

  it('refuses a task that does not fit alone', async () => {
    const fitting = fitContext(model(14), build, context([], []), 10);
    await expect(fitting).rejects.toMatchObject({ code: 'context-length' });
  });

  it('never exceeds the room and never drops what fits', async () => {
    const text = fc.array(fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 5,
    });
    const asText = (paragraphs: readonly (readonly string[])[]) =>
      paragraphs.map((paragraph) => paragraph.join(' ')).join('\n\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 3 }),
        fc.array(text, { maxLength: 3 }),
        fc.integer({ min: 5, max: 60 }),
        async (documents, examples, room) => {
          const all = context(documents.map(asText), examples.map(asText));
          const { prompt, leftOut } = await fitContext(model(room + 10), build, all, 10);
          expect(wordsOf(prompt)).toBeLessThanOrEqual(room);
          expect(leftOut.length === 0).toBe(wordsOf(build(all)) <= room);
        },
      ),
    );
  });
});
