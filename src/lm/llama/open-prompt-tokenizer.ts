import type { Label, LabelRequest } from '../language-model.ts';
import type { LlamaGpu } from './llama-model-options.ts';
import { createPromptRenderer } from './render-prompt.ts';
import { type PromptParts, renderWithOwn } from './render-with-own.ts';
import { resolveLabels } from './resolve-labels.ts';
import { acquireWeights } from './shared-weights.ts';

/** The tokens that the engine makes of prompts, for who trains what the engine will serve. */
export interface PromptTokenizer {
  /** As scoreLabels sees it. */
  readonly encodeQuestion: (request: Pick<LabelRequest, 'kind' | 'system' | 'shared' | 'own'>) => number[];
  /** As hiddenStates sees it, and the range of the candidate's tokens; `start` = `end` when there is none. */
  readonly encodeParts: (parts: PromptParts) => {
    readonly tokens: readonly number[];
    readonly start: number;
    readonly end: number;
  };
  /** Text that follows a prompt. */
  readonly encodeContinuation: (text: string) => number[];
  /** The tokens that count as each label. */
  readonly labelTokens: (labels: readonly Label[]) => readonly (readonly number[])[];
  /** The token that ends an answer; null where the file names none. */
  readonly endOfText: number | null;
  readonly dispose: () => Promise<void>;
}

export interface PromptTokenizerOptions {
  readonly name: string;
  readonly path: string;
  readonly gpu: LlamaGpu;
  /** For files that bring none; see LlamaModelOptions. */
  readonly chatTemplate: string | null;
}

/**
 * Opens the vocabulary and chat template of a GGUF file.
 *
 * @throws {CodejuryError} `not-found` or `model` for a wrong file; `engine` when node-llama-cpp is missing.
 */
export async function openPromptTokenizer(options: PromptTokenizerOptions): Promise<PromptTokenizer> {
  const { name, path, gpu, chatTemplate } = options;
  const weights = await acquireWeights({ path, gpu, gpuLayers: null });
  const { model, vocabulary } = weights;
  const renderer = createPromptRenderer(model, vocabulary, name, chatTemplate);
  return {
    encodeQuestion: (request) => [...renderer.renderLabelRequest(request).tokens],
    encodeParts: (parts) => {
      const { tokens, ownStart: start, ownEnd: end } = renderWithOwn(renderer, parts);
      return { tokens, start, end };
    },
    encodeContinuation: vocabulary.encodeContinuation,
    labelTokens: (labels) => resolveLabels(vocabulary, labels, name).map(({ tokens }) => tokens),
    endOfText: model.tokens.eot ?? model.tokens.eos,
    dispose: weights.release,
  };
}
