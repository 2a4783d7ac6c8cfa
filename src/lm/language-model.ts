/**
 * The one thing every stage knows of language models. Engines implement the capabilities they have and leave the
 * others undefined; `requireCapability` turns a missing one into an error that names the engine.
 */

import type { FinishReason } from '../contracts/sample.ts';
import { CodejuryError } from '../errors.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A chat is rendered with the model's own template; a text is continued as it stands (base models). */
export type Prompt =
  | { readonly kind: 'chat'; readonly messages: readonly ChatMessage[] }
  | { readonly kind: 'text'; readonly text: string };

export interface SampleRequest {
  readonly prompt: Prompt;
  /** One sample a seed, in this order; seeds are integers in [0, 2^31). */
  readonly seeds: readonly number[];
  /** 0 means greedy. */
  readonly temperature: number;
  /** Nucleus mass in (0, 1]; 1 switches it off. */
  readonly topP: number;
  /** Number of most probable tokens kept; 0 switches it off. */
  readonly topK: number;
  /** Most generated tokens per sample. */
  readonly maxTokens: number;
  /** Generation ends before the first of these; the stop string is not part of the text. */
  readonly stop: readonly string[];
  /**
   * Whether a text can end here. Asked when a line has ended, with all lines so far, where the text arrives piece by piece; after true
   * no more is generated. Engines do not ask where reasoning that the prompt has opened may be under way: the text does not show it.
   */
  readonly isComplete?: ((lines: string) => Promise<boolean>) | undefined;
  /** Ask for each sample as soon as possible, one after another, so that a caller that stops early wastes least. */
  readonly inTurn: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** One generated text. `index` is the position of its seed in the request. */
export interface SampledText {
  readonly index: number;
  readonly text: string;
  /** End-of-text token not counted; null when a server does not say. */
  readonly tokenCount: number | null;
  /** Mean natural-log probability per generated token at temperature 1 over the full vocabulary; null = unknown. */
  readonly meanLogProbability: number | null;
  readonly finishReason: FinishReason;
  readonly promptTokens: number | null;
  readonly durationMs: number;
}

/** A label and the strings that count as it; each must be a single token for the model. */
export interface Label {
  readonly name: string;
  readonly forms: readonly string[];
}

/**
 * One question whose answer is one of the labels. The user message is `shared + own`; engines evaluate what comes
 * before `own` once and reuse it for consecutive requests with the same `system` and `shared`.
 */
export interface LabelRequest {
  readonly kind: 'chat' | 'text';
  readonly system: string | null;
  readonly shared: string;
  readonly own: string;
  readonly labels: readonly Label[];
  readonly signal?: AbortSignal | undefined;
}

export interface LabelScores {
  /** Full-vocabulary probability of each label (its forms summed), in request order, each in [0, 1]. */
  readonly probabilities: readonly number[];
  /** True where the label was outside the returned top-k: its probability is then an upper bound. */
  readonly upperBound: readonly boolean[];
  readonly promptTokens: number | null;
  /** Of these, tokens that had been evaluated for an earlier request; null when a server does not say. */
  readonly cachedTokens: number | null;
  readonly durationMs: number;
}

export interface TextScoreRequest {
  readonly prompt: Prompt;
  /** The text scored as the continuation of the prompt; at least one token long. */
  readonly text: string;
  readonly signal?: AbortSignal | undefined;
}

export interface TextScore {
  /** Sum of the natural-log probabilities of the text's tokens given the prompt, at temperature 1; at most 0. */
  readonly logProbability: number;
  readonly tokenCount: number;
}

/**
 * A prompt whose hidden states are wanted. The user message is `shared + own + after`; what comes before `own` is
 * evaluated once for consecutive requests with the same `system`, `shared` and `layer`.
 */
export interface HiddenStateRequest {
  readonly kind: 'chat' | 'text';
  readonly system: string | null;
  readonly shared: string;
  /** The part whose states are averaged, at least one token long. */
  readonly own: string;
  readonly after: string;
  /** The state after so many layers, from 1 to `layerCount`, normalised as what comes out of the last one. */
  readonly layer: number;
  readonly signal?: AbortSignal | undefined;
}

/** Vectors of the model's width. */
export interface HiddenStates {
  /** Mean over the tokens of `own`. */
  readonly mean: Float32Array;
  /** At the last token of the rendered prompt, after which the answer would begin. */
  readonly last: Float32Array;
  readonly ownTokens: number;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly durationMs: number;
}

export interface LanguageModel {
  /** The name it was opened by, e.g. `smollm2-135m` or `openai:qwen@http://localhost:8000/v1`. */
  readonly name: string;
  readonly engine: string;
  /** sha256 of the weights (hex), and of the adapter after a `+`; null for a server. */
  readonly digest: string | null;
  /** In tokens; null when a server does not say. */
  readonly contextSize: number | null;
  /** How many requests are worth having under way at once; an in-process engine answers them one by one. */
  readonly concurrency: number;
  /** What a user should know about how it was used, e.g. a field its server refused; grows with use. */
  readonly notices?: readonly string[];
  /** Settings that may change an output: seen in reports and part of every cache key. */
  readonly settings: Readonly<Record<string, string | number | boolean | null>>;

  /** Yields samples as they finish; a caller that stops iterating stops the rest. */
  readonly sample?: (request: SampleRequest) => AsyncIterable<SampledText>;
  readonly scoreLabels?: (request: LabelRequest) => Promise<LabelScores>;
  readonly scoreText?: (request: TextScoreRequest) => Promise<TextScore>;
  /** One vector for the text, L2-normalised. */
  readonly embed?: (text: string, signal?: AbortSignal) => Promise<Float32Array>;
  /** What an inner layer makes of a prompt; engines with the weights at hand only. */
  readonly hiddenStates?: (request: HiddenStateRequest) => Promise<HiddenStates>;
  /** The same weights without the adapter that this model was opened with; absent where there is none. Closed with it. */
  readonly base?: LanguageModel;
  /** Layers of the model; absent where nobody can look. */
  readonly layerCount?: number;
  /** Tokens of the rendered prompt; absent where only the server knows. */
  readonly countTokens?: (prompt: Prompt) => Promise<number>;
  readonly dispose: () => Promise<void>;
}

type Capability = 'sample' | 'scoreLabels' | 'scoreText' | 'embed' | 'hiddenStates' | 'countTokens';

const CAPABILITY_IN_WORDS: Readonly<Record<Capability, string>> = {
  sample: 'generate text',
  scoreLabels: 'judge (score labels)',
  scoreText: 'score a given text',
  embed: 'embed text',
  hiddenStates: 'show hidden states',
  countTokens: 'count tokens',
};

/**
 * The capability, bound to its model.
 *
 * @throws {CodejuryError} `capability`, naming model and engine, when the model lacks it.
 */
export function requireCapability<C extends Capability>(
  model: LanguageModel,
  capability: C,
): NonNullable<LanguageModel[C]> {
  const method = model[capability];
  if (method === undefined) {
    throw new CodejuryError(
      'capability',
      `${model.name} (engine ${model.engine}) cannot ${CAPABILITY_IN_WORDS[capability]}`,
      {
        hint: 'use another model or engine for this part of the team; `codejury doctor --server URL` shows what a server can do',
      },
    );
  }
  return method as NonNullable<LanguageModel[C]>;
}
