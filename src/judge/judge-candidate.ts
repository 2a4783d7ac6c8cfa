import type { Candidate } from '../contracts/candidate.ts';
import type { Task } from '../contracts/task.ts';
import type { Verdict } from '../contracts/verdict.ts';
import { type LabelScores, type LanguageModel, requireCapability } from '../lm/language-model.ts';
import { JUDGE_LABELS, zeroShotJudgePrompt } from '../prompts/zero-shot-judge.ts';
import { interpretLabelScores } from './interpret-label-scores.ts';

export interface JudgeRequest {
  readonly judge: string;
  readonly model: LanguageModel;
  readonly task: Pick<Task, 'description' | 'signature'>;
  readonly candidate: Pick<Candidate, 'id' | 'code'>;
  readonly signal?: AbortSignal | undefined;
}

/** A verdict, and what it cost beyond what the record says. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly cachedTokens: number | null;
}

/**
 * Asks one judge about one candidate.
 *
 * @throws {CodejuryError} `capability` when the model cannot score labels; `context-length` when the prompt does not
 *   fit; whatever the engine reports.
 */
export async function judgeCandidate(request: JudgeRequest): Promise<Judgement> {
  const scoreLabels = requireCapability(request.model, 'scoreLabels');
  const prompt = zeroShotJudgePrompt(request.task, request.candidate.code);
  const scores: LabelScores = await scoreLabels({
    kind: 'chat',
    system: null,
    ...prompt,
    labels: JUDGE_LABELS,
    signal: request.signal,
  });
  return {
    verdict: {
      candidateId: request.candidate.id,
      judge: request.judge,
      ...interpretLabelScores(scores),
      latencyMs: scores.durationMs,
      promptTokens: scores.promptTokens,
    },
    cachedTokens: scores.cachedTokens,
  };
}
