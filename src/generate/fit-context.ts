import { CodejuryError } from '../errors.ts';
import type { LanguageModel, Prompt } from '../lm/language-model.ts';
import type { GeneratorContext } from '../prompts/generator.ts';

export interface FittedPrompt {
  readonly prompt: Prompt;
  /** What had to be left out, in words; empty when everything fitted. */
  readonly leftOut: readonly string[];
}

/** Used where only the server knows its tokenizer: code averages more than this many characters a token. */
const CHARACTERS_PER_TOKEN = 3;

/**
 * The prompt with as much of the context as fits beside `maxTokens` of output: solved examples first (they teach
 * most), in order, then documents in order, the first that does not fit cut at a paragraph.
 *
 * @throws {CodejuryError} `context-length` when the task alone does not fit.
 */
export async function fitContext(
  model: LanguageModel,
  build: (context: GeneratorContext) => Prompt,
  context: GeneratorContext,
  maxTokens: number,
): Promise<FittedPrompt> {
  const full = build(context);
  if (model.contextSize === null) {
    return { prompt: full, leftOut: [] };
  }
  const available = model.contextSize - maxTokens;
  const fits = async (candidate: GeneratorContext) =>
    (await countTokens(model, build(candidate))) <= available;

  if (await fits(context)) {
    return { prompt: full, leftOut: [] };
  }
  let fitted: GeneratorContext = { documents: [], examples: [] };
  const bare = await countTokens(model, build(fitted));
  if (bare > available) {
    throw new CodejuryError(
      'context-length',
      `the task needs ${bare} tokens and ${maxTokens} for the answer, but ${model.name} has a context of ${model.contextSize}`,
      { hint: 'shorten the task, lower maxTokens, or give the generator a larger contextSize' },
    );
  }
  const leftOut: string[] = [];
  for (const [index, example] of context.examples.entries()) {
    const extended = { ...fitted, examples: [...fitted.examples, example] };
    if (await fits(extended)) {
      fitted = extended;
    } else {
      leftOut.push(`solved example ${index + 1}`);
    }
  }
  for (const document of context.documents) {
    const withText = (text: string) => ({
      ...fitted,
      documents: [...fitted.documents, { ...document, text }],
    });
    const paragraphs = document.text.split(/\n{2,}/);
    const kept = await largestFitting(paragraphs.length, (count) =>
      fits(withText(paragraphs.slice(0, count).join('\n\n'))),
    );
    if (kept > 0) {
      fitted = withText(paragraphs.slice(0, kept).join('\n\n'));
    }
    if (kept < paragraphs.length) {
      leftOut.push(`${paragraphs.length - kept} of ${paragraphs.length} paragraphs of ${document.name}`);
    }
  }
  return { prompt: build(fitted), leftOut };
}

/** Largest count in [0, limit] for which `fits` holds, by bisection: more text never takes fewer tokens. */
async function largestFitting(limit: number, fits: (count: number) => Promise<boolean>): Promise<number> {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (await fits(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

async function countTokens(model: LanguageModel, prompt: Prompt): Promise<number> {
  if (model.countTokens) {
    return model.countTokens(prompt);
  }
  const characters =
    prompt.kind === 'text'
      ? prompt.text.length
      : prompt.messages.reduce((total, message) => total + message.content.length, 0);
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
