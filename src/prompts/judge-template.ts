import type { JudgeMethod } from '../contracts/judge-method.ts';
import { hashParts } from '../util/hash.ts';
import { AUTO_COT_JUDGE_HASH } from './auto-cot-judge.ts';
import { FAULT_LIST_JUDGE_HASH } from './fault-list-judge.ts';
import { ICE_SCORE_JUDGE_HASH } from './ice-score-judge.ts';
import { JUDGE_LAYOUT_HASHES } from './judge-layout.ts';
import type { JudgeLabel, JudgeLayout } from './judge-prompt.ts';
import { SLOW_THINKING_JUDGE_HASH } from './slow-thinking-judge.ts';
import { JUDGE_LABELS } from './zero-shot-judge.ts';

/** Everything about a judge that decides what it is asked and how its answer is read, but its weights and examples. */
export interface JudgeTemplate {
  readonly method: JudgeMethod;
  /** The layout of verdict, faults and probe judges; the other methods have one of their own. */
  readonly layout: Exclude<JudgeLayout, 'rankef'>;
  /** Null = those that the method has by itself. */
  readonly labels: readonly JudgeLabel[] | null;
  readonly promptKind: 'chat' | 'text';
}

/** The three classes of RankEF, in its order. */
const RANKEF_LABELS: readonly JudgeLabel[] = [
  { name: 'correct', forms: ['0', ' 0'], correct: true },
  { name: 'execution error', forms: ['1', ' 1'], correct: false },
  { name: 'intent error', forms: ['2', ' 2'], correct: false },
];

/** The layout that a method's question has; null where the answer is a text. */
export function layoutOf({ method, layout }: Pick<JudgeTemplate, 'method' | 'layout'>): JudgeLayout | null {
  switch (method) {
    case 'zero-shot':
    case 'few-shot':
      return 'zero-shot';
    case 'rankef':
      return 'rankef';
    case 'verdict':
    case 'faults':
    case 'probe':
      return layout;
    default:
      return null;
  }
}

/** The labels a judge answers with; null where it answers with a text or has none: of `faults`, only a profile knows them. */
export function labelsOf({
  method,
  labels,
}: Pick<JudgeTemplate, 'method' | 'labels'>): readonly JudgeLabel[] | null {
  if (labels !== null) return labels;
  switch (method) {
    case 'zero-shot':
    case 'few-shot':
    case 'verdict':
      return JUDGE_LABELS;
    case 'rankef':
      return RANKEF_LABELS;
    default:
      return null;
  }
}

/**
 * Identifies a template in caches and judge profiles: a judge is only valid with the prompt it was measured with. Depends on
 * the method, the wording of its prompts, the labels, and whether the prompt goes through the chat template.
 */
export function judgeTemplateHash(template: JudgeTemplate): string {
  const layout = layoutOf(template);
  const wording = layout === null ? textWording(template.method) : JUDGE_LAYOUT_HASHES[layout];
  const labels = labelsOf(template)?.map(({ name, forms, correct }) => [name, forms, correct]) ?? null;
  return hashParts('judge', template.method, wording, JSON.stringify(labels), template.promptKind);
}

function textWording(method: JudgeMethod): string {
  switch (method) {
    case 'auto-cot':
      return AUTO_COT_JUDGE_HASH;
    case 'slow-thinking':
      return SLOW_THINKING_JUDGE_HASH;
    case 'ice-score':
      return ICE_SCORE_JUDGE_HASH;
    case 'fault-list':
      return FAULT_LIST_JUDGE_HASH;
    default:
      throw new Error(`no prompt of the method ${method}`);
  }
}
