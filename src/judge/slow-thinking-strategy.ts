import { type JudgeTemplate, judgeTemplateHash } from '../prompts/judge-template.ts';
import {
  ANALYSIS_END,
  slowThinkingAnalysisPrompt,
  slowThinkingVerdictPrompt,
} from '../prompts/slow-thinking-judge.ts';
import { askForText } from './ask-for-text.ts';
import type { JudgeStrategy } from './judge-strategy.ts';
import { parseYesOrNo } from './parse-yes-or-no.ts';
import { textAnswer } from './text-answer.ts';

/** An analysis that goes on for longer is used as far as it got; in tokens. */
const MOST_ANALYSIS_TOKENS = 512;
const MOST_VERDICT_TOKENS = 32;

/** Two calls: an analysis that says no verdict, and a verdict that sees the analysis alone. Without an analysis: invalid. */
export function createSlowThinkingStrategy(template: JudgeTemplate): JudgeStrategy {
  const { promptKind } = template;
  return {
    method: 'slow-thinking',
    templateHash: judgeTemplateHash(template),
    dataDigest: null,
    labels: null,
    ask: async (question) => {
      const analysis = await askForText(question, {
        prompt: slowThinkingAnalysisPrompt(question.task, question.code),
        promptKind,
        maxTokens: MOST_ANALYSIS_TOKENS,
        end: ANALYSIS_END,
      });
      if (analysis.text.trim() === '') return textAnswer({ label: null, rating: null }, [analysis]);
      const verdict = await askForText(question, {
        prompt: slowThinkingVerdictPrompt(analysis.text),
        promptKind,
        maxTokens: MOST_VERDICT_TOKENS,
      });
      return textAnswer({ label: parseYesOrNo(verdict.text), rating: null }, [analysis, verdict]);
    },
  };
}
