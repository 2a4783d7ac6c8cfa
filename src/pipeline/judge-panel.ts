import pLimit from 'p-limit';
import type { Candidate } from '../contracts/candidate.ts';
import type { Verdict } from '../contracts/verdict.ts';
import type { JudgedTask } from '../judge/judge-strategy.ts';
import { type AskOptions, askJudge } from './ask-judge.ts';
import type { CombineVerdicts } from './open-combiner.ts';
import type { OpenJudge } from './open-judge.ts';

export interface PanelVerdict {
  /** One a judge, in the order of the team. */
  readonly verdicts: readonly Verdict[];
  /** Combined score; null without a valid verdict. */
  readonly score: number | null;
}

export interface PanelOptions extends AskOptions {
  readonly judges: readonly OpenJudge[];
  readonly combine: CombineVerdicts;
}

export type JudgePanel = (
  task: JudgedTask,
  candidate: Pick<Candidate, 'id' | 'code'>,
) => Promise<PanelVerdict>;

/**
 * A function that asks every judge of the team about one candidate and combines their scores. Each judge works on as
 * many candidates at once as its engine has use for; equal questions are answered from the cache.
 */
export function openPanel(options: PanelOptions): JudgePanel {
  const limited = options.judges.map((judge) => ({ judge, limit: pLimit(judge.model.concurrency) }));
  return async (task, candidate) => {
    const verdicts = await Promise.all(
      limited.map(({ judge, limit }) => limit(() => askJudge(judge, task, candidate, options))),
    );
    return { verdicts, score: options.combine(verdicts) };
  };
}
