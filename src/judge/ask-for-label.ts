import { requireCapability } from '../lm/language-model.ts';
import type { JudgeLabel, JudgePrompt } from '../prompts/judge-prompt.ts';
import { interpretLabelScores } from './interpret-label-scores.ts';
import type { JudgeAnswer, JudgeQuestion } from './judge-strategy.ts';

/** Asks for one token, and reads the probabilities of the labels as a verdict. */
export async function askForLabel(
  { model, signal }: Pick<JudgeQuestion, 'model' | 'signal'>,
  prompt: JudgePrompt,
  promptKind: 'chat' | 'text',
  labels: readonly JudgeLabel[],
): Promise<JudgeAnswer> {
  const scoreLabels = requireCapability(model, 'scoreLabels');
  const scores = await scoreLabels({ kind: promptKind, system: null, ...prompt, labels, signal });
  return {
    ...interpretLabelScores(scores, labels),
    rating: null,
    texts: [],
    latencyMs: scores.durationMs,
    promptTokens: scores.promptTokens,
    cachedTokens: scores.cachedTokens,
  };
}
