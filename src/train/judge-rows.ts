import type { Feedback, Outcome } from '../contracts/execution.ts';
import type { FaultScheme, Head, Objective } from '../contracts/training-choices.ts';
import { judgePrompt } from '../prompts/judge-layout.ts';
import type { JudgePrompt, JudgeTask } from '../prompts/judge-prompt.ts';
import { type ProbePrompt, probePrompt } from '../prompts/probe-prompt.ts';
import { faultClass } from './fault-classes.ts';
import { questionLayout } from './question-layout.ts';

/** A row before its tokens are known. */
export interface TextRow {
  /** With `after`: a head reads the candidate's states, and nothing is answered. */
  readonly prompt: JudgePrompt | ProbePrompt;
  readonly completion: string;
  /** Index of the label that the completion begins with; null = a text. */
  readonly label: number | null;
  /** Whether the model should learn to stop after the completion. */
  readonly ends: boolean;
  readonly taskId: string;
  readonly candidateId: string;
}

/** A candidate as a row needs it; `feedback` is its text, null where nobody knows what the tests showed. */
export interface RowCandidate {
  readonly candidateId: string;
  readonly code: string;
  readonly label: 0 | 1;
  readonly outcome: Outcome | null;
  readonly feedback: Feedback | null;
  readonly feedbackText: string | null;
}

export interface RowRules {
  readonly objective: Exclude<Objective, 'generate'>;
  readonly scheme: FaultScheme;
  /** Of verdicts. */
  readonly layout: 'zero-shot' | 'compact';
  readonly head: Head;
}

/**
 * What is trained on for one candidate: one row, for RankEF two; none where the objective needs an outcome and the label was
 * given. Labels are digits, so that each is one token.
 */
export function trainingRows(
  task: JudgeTask & { readonly id: string },
  candidate: RowCandidate,
  rules: RowRules,
): readonly TextRow[] {
  const label = classOf(candidate, rules);
  if (label === null) return [];
  const { objective } = rules;
  const question = validationRow(task, candidate, rules);
  if (question === null) return [];
  const text = candidate.feedbackText;
  if (objective === 'verdict+feedback') {
    return text === null ? [question] : [{ ...question, completion: `${label}\n${text}`, ends: true }];
  }
  if (objective !== 'rankef' || text === null) return [question];
  const explanation: TextRow = {
    ...question,
    prompt: judgePrompt({ layout: 'rankef', task, code: candidate.code, part: 'generation' }),
    completion: text,
    label: null,
    ends: true,
  };
  return [question, explanation];
}

/** What is asked on validation: the label alone. Null where the class is not known, and where a head has no code to read. */
export function validationRow(
  task: JudgeTask & { readonly id: string },
  candidate: RowCandidate,
  rules: RowRules,
): TextRow | null {
  const label = classOf(candidate, rules);
  if (label === null) return null;
  const { candidateId, code } = candidate;
  const facts = { label, ends: false, taskId: task.id, candidateId };
  if (rules.head === 'probe') {
    const prompt = probePrompt(rules.layout, task, code);
    return prompt.own === '' ? null : { prompt, completion: '', ...facts };
  }
  const { objective, layout } = rules;
  const asked = objective === 'rankef' ? 'rankef' : questionLayout(objective, layout);
  return {
    prompt: judgePrompt({ layout: asked, task, code }),
    completion: String(label),
    ...facts,
  };
}

function classOf({ label, outcome, feedback }: RowCandidate, { objective, scheme }: RowRules): number | null {
  if (objective === 'verdict' || objective === 'verdict+feedback') return label;
  if (outcome === null) return null;
  return faultClass(objective === 'rankef' ? 'ternary' : scheme, { outcome, feedback });
}
