import { faultListPrompt } from '../prompts/fault-list-judge.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../prompts/judge-template.ts';
import { askForText } from './ask-for-text.ts';
import type { JudgeStrategy } from './judge-strategy.ts';
import { parseFaultList } from './parse-fault-list.ts';
import { textAnswer } from './text-answer.ts';

/** Room for a dozen faults; a list that is cut off is invalid. In tokens. */
const MOST_TOKENS = 512;

/** One call, a JSON list of faults. Only a candidate without any is correct; what the severities leave of 1 is what ranks. */
export function createFaultListStrategy(template: JudgeTemplate): JudgeStrategy {
  const { promptKind } = template;
  return {
    method: 'fault-list',
    templateHash: judgeTemplateHash(template),
    dataDigest: null,
    labels: null,
    ask: async (question) => {
      const prompt = faultListPrompt(question.task, question.code);
      const answer = await askForText(question, { prompt, promptKind, maxTokens: MOST_TOKENS });
      const rating = parseFaultList(answer.text);
      return textAnswer({ label: rating === null ? null : rating === 1 ? 1 : 0, rating }, [answer]);
    },
  };
}
