import type { EvaluationContext } from './evaluation-context.ts';
import type { NativeSampler } from './native.ts';
import type { PrefixCache } from './prefix-cache.ts';
import type { PromptRenderer } from './render-prompt.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What scoring labels and texts works with: one sequence, used by one request at a time. */
export interface ScoringEngine {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  readonly renderer: PromptRenderer;
  readonly context: EvaluationContext;
  readonly prefixes: PrefixCache;
  readonly greedy: NativeSampler;
}
