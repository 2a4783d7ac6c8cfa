import type { JudgeAnswer } from './judge-strategy.ts';

/** What a verdict says where a judge could not be asked. */
export const NO_ANSWER: Omit<JudgeAnswer, 'cachedTokens'> = {
  label: null,
  probabilityCorrect: null,
  confidence: null,
  labelMass: null,
  rating: null,
  texts: [],
  latencyMs: 0,
  promptTokens: null,
};
