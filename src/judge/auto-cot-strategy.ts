import { CodejuryError } from '../errors.ts';
import type { SampledText } from '../lm/language-model.ts';
import { autoCotAnswerPrompt, autoCotQuestion, YES_OR_NO } from '../prompts/auto-cot-judge.ts';
import type { JudgePrompt } from '../prompts/judge-prompt.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../prompts/judge-template.ts';
import { askForLabel } from './ask-for-label.ts';
import { askForText } from './ask-for-text.ts';
import type { JudgeAnswer, JudgeQuestion, JudgeStrategy } from './judge-strategy.ts';
import { parseYesOrNo } from './parse-yes-or-no.ts';
import { addTokens, textAnswer } from './text-answer.ts';

/** Reasoning that goes on for longer is used as far as it got; in tokens. */
const MOST_REASONING_TOKENS = 512;
const MOST_ANSWER_TOKENS = 128;

/**
 * Two calls: step-by-step reasoning, then the answer to it. Where the model can score labels, the answer is the next token, Yes or
 * No, and has a probability; else it is a text that is parsed, and has none.
 */
export function createAutoCotStrategy(template: JudgeTemplate): JudgeStrategy {
  const { promptKind } = template;
  return {
    method: 'auto-cot',
    templateHash: judgeTemplateHash(template),
    dataDigest: null,
    // A model without such tokens still can write the answer.
    labels: null,
    ask: async (question) => {
      const prompt = autoCotQuestion(question.task, question.code);
      const reasoning = await askForText(question, { prompt, promptKind, maxTokens: MOST_REASONING_TOKENS });
      const answerPrompt = autoCotAnswerPrompt(prompt, reasoning.text);
      return (
        (await scoredAnswer(question, reasoning, answerPrompt, promptKind)) ??
        (await writtenAnswer(question, reasoning, answerPrompt, promptKind))
      );
    },
  };
}

/** Null when the model cannot score labels. */
async function scoredAnswer(
  question: JudgeQuestion,
  reasoning: SampledText,
  prompt: JudgePrompt,
  promptKind: 'chat' | 'text',
): Promise<JudgeAnswer | null> {
  if (question.model.scoreLabels === undefined) return null;
  try {
    const answer = await askForLabel(question, prompt, promptKind, YES_OR_NO);
    return {
      ...answer,
      texts: [reasoning.text],
      latencyMs: reasoning.durationMs + answer.latencyMs,
      promptTokens: addTokens([reasoning.promptTokens, answer.promptTokens]),
    };
  } catch (error) {
    // A server finds out what it can do only when it is asked.
    if (error instanceof CodejuryError && error.code === 'capability') return null;
    throw error;
  }
}

async function writtenAnswer(
  question: JudgeQuestion,
  reasoning: SampledText,
  { shared, own }: JudgePrompt,
  promptKind: 'chat' | 'text',
): Promise<JudgeAnswer> {
  const answer = await askForText(question, {
    prompt: shared + own,
    promptKind,
    maxTokens: MOST_ANSWER_TOKENS,
  });
  return textAnswer({ label: parseYesOrNo(answer.text), rating: null }, [reasoning, answer]);
}
