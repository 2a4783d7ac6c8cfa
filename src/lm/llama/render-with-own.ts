import type { PromptRenderer } from './render-prompt.ts';
import { sharedTokens } from './score-labels.ts';

/** A prompt in three parts: what candidates share, the candidate, what follows it. */
export interface PromptParts {
  readonly kind: 'chat' | 'text';
  readonly system: string | null;
  readonly shared: string;
  readonly own: string;
  readonly after: string;
}

/** The tokens of a prompt, and which of them are the candidate's. */
export interface PromptWithOwn {
  readonly tokens: readonly number[];
  /** The beginning of `tokens` that is evaluated once for all candidates; may be empty. */
  readonly evaluated: readonly number[];
  /** First and one past the last; equal when there is no candidate. */
  readonly ownStart: number;
  readonly ownEnd: number;
}

/**
 * Renders the parts. The candidate begins with the last token of what is shared, which its own first characters may be part of;
 * the last token of the prompt is never its own.
 */
export function renderWithOwn(
  renderer: Pick<PromptRenderer, 'renderLabelRequest'>,
  { kind, system, shared, own, after }: PromptParts,
): PromptWithOwn {
  const { tokens, prefix } = renderer.renderLabelRequest({ kind, system, shared, own: own + after });
  const { prefix: withOwn } = renderer.renderLabelRequest({ kind, system, shared: shared + own, own: after });
  const evaluated = sharedTokens(tokens, prefix);
  const ownStart = evaluated.length === 0 ? commonLength(tokens, prefix) : evaluated.length;
  const ownEnd = Math.min(commonLength(tokens, withOwn), tokens.length - 1);
  return { tokens, evaluated, ownStart, ownEnd: own === '' ? ownStart : Math.max(ownStart, ownEnd) };
}

/** How many tokens both begin with. */
function commonLength(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((token, index) => token !== b[index]);
  return differs < 0 ? a.length : differs;
}
