import { fewShotJudgePrompt, type SolvedJudgement } from '../prompts/few-shot-judge.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../prompts/judge-template.ts';
import { JUDGE_LABELS } from '../prompts/zero-shot-judge.ts';
import { hashSeed } from '../util/hash.ts';
import { askForLabel } from './ask-for-label.ts';
import type { JudgedTask, JudgeStrategy } from './judge-strategy.ts';

/** Where a few-shot judge finds its examples. */
export interface ExampleSource {
  /** Hash of all examples and of everything else that decides which are found. */
  readonly digest: string;
  /** One correct and one incorrect candidate, neither of the task itself. */
  readonly find: (task: JudgedTask, code: string) => Promise<ExamplePair>;
}

export interface ExamplePair {
  readonly correct: Omit<SolvedJudgement, 'label'>;
  readonly incorrect: Omit<SolvedJudgement, 'label'>;
}

/**
 * The zero-shot question after two solved ones. Which of them comes first is drawn for each candidate, by a hash of task and
 * code: the same order each time it is asked.
 */
export function createFewShotStrategy(template: JudgeTemplate, examples: ExampleSource): JudgeStrategy {
  return {
    method: 'few-shot',
    templateHash: judgeTemplateHash(template),
    dataDigest: examples.digest,
    labels: JUDGE_LABELS,
    ask: async (question) => {
      const { task, code } = question;
      const { correct, incorrect } = await examples.find(task, code);
      const solved = [
        { ...correct, label: 1 },
        { ...incorrect, label: 0 },
      ] as const;
      const correctFirst = hashSeed('few-shot order', task.id, code) % 2 === 0;
      const prompt = fewShotJudgePrompt(task, code, correctFirst ? solved : solved.toReversed());
      return askForLabel(question, prompt, template.promptKind, JUDGE_LABELS);
    },
  };
}
