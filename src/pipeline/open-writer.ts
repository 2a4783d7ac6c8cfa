import type { EscalationConfig } from '../contracts/team.ts';
import type { SamplingSettings } from '../generate/generate-samples.ts';
import type { LanguageModel } from '../lm/language-model.ts';
import type { GeneratorContext } from '../prompts/generator.ts';
import { loadContext } from './load-context.ts';
import type { ModelOpener } from './open-model.ts';
import { resolveFrom } from './read-team.ts';

/** Where neither the team nor the model's author says: the model's own distribution, untouched. */
const NEUTRAL_SAMPLING = { temperature: 1, topP: 1, topK: 0 };

/** A model that writes candidates, with everything about how it is asked. */
export interface OpenWriter {
  readonly model: LanguageModel;
  readonly promptKind: 'chat' | 'completion';
  readonly settings: SamplingSettings;
  readonly context: GeneratorContext;
}

/**
 * Opens a model that writes, with what is left open in its settings filled in.
 *
 * @param folder relative paths start here
 * @throws {CodejuryError} as the opener and loadContext do.
 */
export async function openWriter(
  config: EscalationConfig,
  folder: string,
  opener: ModelOpener,
): Promise<OpenWriter> {
  const { model, entry } = await opener.open({ ...config, labels: null, folder });
  const recommended = entry?.sampling;
  const isInstruct = entry?.instruct ?? true;
  return {
    model,
    promptKind: config.prompt === 'auto' ? (isInstruct ? 'chat' : 'completion') : config.prompt,
    settings: {
      temperature: config.temperature ?? recommended?.temperature ?? NEUTRAL_SAMPLING.temperature,
      topP: config.topP ?? recommended?.topP ?? NEUTRAL_SAMPLING.topP,
      topK: config.topK ?? recommended?.topK ?? NEUTRAL_SAMPLING.topK,
      maxTokens: config.maxTokens,
    },
    context: await loadContext(config.context.map((path) => resolveFrom(folder, path))),
  };
}
