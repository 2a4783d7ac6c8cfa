import { ICE_ASPECT, ICE_HIGHEST, iceScorePrompt } from '../prompts/ice-score-judge.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../prompts/judge-template.ts';
import { askForText } from './ask-for-text.ts';
import type { JudgeStrategy } from './judge-strategy.ts';
import { parseRating } from './parse-rating.ts';
import { textAnswer } from './text-answer.ts';

/** Room for a score and some words about it; in tokens. */
const MOST_TOKENS = 128;

/** One call, a rubric from 0 to 4. Only the highest score means correct; the score is what ranks. */
export function createIceScoreStrategy(template: JudgeTemplate): JudgeStrategy {
  const { promptKind } = template;
  return {
    method: 'ice-score',
    templateHash: judgeTemplateHash(template),
    dataDigest: null,
    labels: null,
    ask: async (question) => {
      const prompt = iceScorePrompt(question.task, question.code);
      const answer = await askForText(question, { prompt, promptKind, maxTokens: MOST_TOKENS });
      const score = parseRating(answer.text, ICE_ASPECT, ICE_HIGHEST);
      return textAnswer(
        score === null
          ? { label: null, rating: null }
          : { label: score === ICE_HIGHEST ? 1 : 0, rating: score / ICE_HIGHEST },
        [answer],
      );
    },
  };
}
