import pLimit from 'p-limit';
import type { Candidate } from '../contracts/candidate.ts';
import type { TeamConfig } from '../contracts/team.ts';
import type { Verdict } from '../contracts/verdict.ts';
import type { JudgedTask } from '../judge/judge-strategy.ts';
import { combineScores, isFormula } from '../select/combine-scores.ts';
import { scoreVerdict, UNCALIBRATED } from '../select/score-verdict.ts';
import { type AskOptions, askJudge } from './ask-judge.ts';
import type { OpenJudge } from './open-judge.ts';

export interface PanelVerdict {
  /** One a judge, in the order of the team. */
  readonly verdicts: readonly Verdict[];
  /** Combined score; null without a valid verdict. */
  readonly score: number | null;
}

export interface PanelOptions extends AskOptions {
  readonly judges: readonly OpenJudge[];
  readonly rules: Pick<TeamConfig, 'score' | 'combine' | 'prior'>;
  /** The fitted combination, where `combine` names no formula. */
  readonly combiner?: ((verdicts: readonly Verdict[]) => number | null) | null;
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
    const { score: rule, combine, prior } = options.rules;
    if (!isFormula(combine)) {
      if (options.combiner == null) throw new Error(`no fitted combination for "${combine}"`);
      return { verdicts, score: options.combiner(verdicts) };
    }
    const scores = verdicts.map((verdict, index) =>
      scoreVerdict(verdict, rule, options.judges[index]?.calibration ?? UNCALIBRATED),
    );
    return { verdicts, score: combineScores(scores, combine, prior) };
  };
}
