import type { JudgeRecord } from '../contracts/judge-result.ts';
import type { Verdict } from '../contracts/verdict.ts';
import { diagnoseJudge } from '../judge/diagnose-judge.ts';
import type { OpenJudge } from './open-judge.ts';

/** How a judge was asked, and what its verdicts say about it. */
export function recordJudge(
  { name, strategy }: OpenJudge,
  verdicts: readonly Pick<Verdict, 'label'>[],
): JudgeRecord {
  return { name, method: strategy.method, template: strategy.templateHash, ...diagnoseJudge(verdicts) };
}
