import { type Prompt, requireCapability, type SampledText } from '../lm/language-model.ts';
import type { JudgeQuestion } from './judge-strategy.ts';

export interface TextQuestion {
  readonly prompt: string;
  readonly promptKind: 'chat' | 'text';
  /** Most tokens of the answer. */
  readonly maxTokens: number;
  /** The answer ends before it. */
  readonly end?: string;
}

/** The one greedy answer of the model. */
export async function askForText(
  { model, signal }: Pick<JudgeQuestion, 'model' | 'signal'>,
  { prompt, promptKind, maxTokens, end }: TextQuestion,
): Promise<SampledText> {
  const sample = requireCapability(model, 'sample');
  const answers = sample({
    prompt: promptOf(prompt, promptKind),
    seeds: [0],
    temperature: 0,
    topP: 1,
    topK: 0,
    maxTokens,
    stop: end === undefined ? [] : [end],
    inTurn: true,
    signal,
  });
  for await (const answer of answers) {
    return answer;
  }
  throw new Error(`${model.name} gave no answer`);
}

function promptOf(text: string, kind: 'chat' | 'text'): Prompt {
  return kind === 'chat' ? { kind, messages: [{ role: 'user', content: text }] } : { kind, text };
}
