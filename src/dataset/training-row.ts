import type { Feedback, Outcome } from '../contracts/execution.ts';
import type { Task } from '../contracts/task.ts';
import { chatAnswer, chatRequest, type PromptLanguage } from '../prompts/generator.ts';
import { zeroShotJudgePrompt } from '../prompts/zero-shot-judge.ts';
import { feedbackText } from './feedback-text.ts';

/** One line of a training file: prompt and completion as TRL reads them, and where they are from. */
export interface TrainingRow {
  readonly prompt: string;
  readonly completion: string;
  readonly taskId: string;
  readonly candidateId: string;
}

/** A candidate with the label its task's tests gave it. */
export interface LabelledCandidate {
  readonly candidateId: string;
  readonly code: string;
  readonly label: 0 | 1;
  /** Null when the label was given and not found by running the tests here. */
  readonly outcome: Outcome | null;
  readonly feedback: Feedback | null;
}

type TaskText = Pick<Task, 'id' | 'description' | 'signature'>;

/** What a judge learns: the zero-shot prompt, then the label and nothing else. */
export function verdictRow(task: TaskText, candidate: LabelledCandidate): TrainingRow {
  return judgeRow(task, candidate, String(candidate.label));
}

/**
 * The variant with feedback: the label first, so that a judge can stop after one token, then why. Null for a label that was
 * given: nobody knows why.
 */
export function feedbackRow(task: TaskText, candidate: LabelledCandidate): TrainingRow | null {
  const { outcome, feedback, label, code } = candidate;
  return outcome === null
    ? null
    : judgeRow(task, candidate, `${label}\n${feedbackText(outcome, feedback, code)}`);
}

/** What a generator learns: the request for the task, then a solution that passes. */
export function solutionRow(
  task: TaskText,
  solution: Pick<LabelledCandidate, 'candidateId' | 'code'>,
  language: PromptLanguage,
): TrainingRow {
  return {
    prompt: chatRequest(task, language),
    completion: chatAnswer(solution.code, language),
    taskId: task.id,
    candidateId: solution.candidateId,
  };
}

function judgeRow(task: TaskText, { candidateId, code }: LabelledCandidate, completion: string): TrainingRow {
  const { shared, own } = zeroShotJudgePrompt(task, code);
  return { prompt: shared + own, completion, taskId: task.id, candidateId };
}
