import pLimit from 'p-limit';
import type { Candidate } from '../contracts/candidate.ts';
import type { Task } from '../contracts/task.ts';
import type { TeamConfig } from '../contracts/team.ts';
import { type Verdict, verdictSchema } from '../contracts/verdict.ts';
import { CodejuryError } from '../errors.ts';
import { judgeCandidate } from '../judge/judge-candidate.ts';
import type { LanguageModel } from '../lm/language-model.ts';
import { ZERO_SHOT_JUDGE_HASH } from '../prompts/zero-shot-judge.ts';
import { combineScores, isFormula } from '../select/combine-scores.ts';
import { type JudgeCalibration, scoreVerdict } from '../select/score-verdict.ts';
import type { ResultCache } from '../store/result-cache.ts';
import { hashJson } from '../util/hash.ts';
import type { Ledger } from './ledger.ts';

/** A judge with its model opened. */
export interface OpenJudge {
  readonly name: string;
  readonly model: LanguageModel;
  readonly calibration: JudgeCalibration;
}

export interface PanelVerdict {
  /** One a judge, in the order of the team. */
  readonly verdicts: readonly Verdict[];
  /** Combined score; null without a valid verdict. */
  readonly score: number | null;
}

export interface PanelOptions {
  readonly judges: readonly OpenJudge[];
  readonly rules: Pick<TeamConfig, 'score' | 'combine' | 'prior'>;
  /** The fitted combination, where `combine` names no formula. */
  readonly combiner?: ((verdicts: readonly Verdict[]) => number | null) | null;
  readonly cache: ResultCache;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** What to do with a candidate that does not fit a judge's context: no verdict, or the error. */
  readonly tooLong: 'invalid' | 'throw';
}

export type JudgePanel = (
  task: Pick<Task, 'description' | 'signature'>,
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
      limited.map(({ judge, limit }) => limit(() => ask(judge, task, candidate, options))),
    );
    const { score: rule, combine, prior } = options.rules;
    if (!isFormula(combine)) {
      if (options.combiner == null) throw new Error(`no fitted combination for "${combine}"`);
      return { verdicts, score: options.combiner(verdicts) };
    }
    const scores = verdicts.map((verdict, index) =>
      scoreVerdict(verdict, rule, options.judges[index]?.calibration ?? NO_CALIBRATION),
    );
    return { verdicts, score: combineScores(scores, combine, prior) };
  };
}

const NO_CALIBRATION: JudgeCalibration = { confidenceBounds: null, platt: null };

async function ask(
  judge: OpenJudge,
  task: Pick<Task, 'description' | 'signature'>,
  candidate: Pick<Candidate, 'id' | 'code'>,
  { cache, ledger, signal, tooLong }: PanelOptions,
): Promise<Verdict> {
  const { name, model } = judge;
  const key = verdictKey(model, task, candidate.code);
  const stored = key === null ? null : verdictSchema.safeParse(cache.get('verdict', key));
  if (stored?.success) {
    ledger.reused();
    return { ...stored.data, candidateId: candidate.id, judge: name };
  }
  ledger.used(model);
  try {
    const startedAtMs = performance.now();
    const { verdict, cachedTokens } = await judgeCandidate({ judge: name, model, task, candidate, signal });
    ledger.spent('judge', startedAtMs);
    ledger.judged(verdict.promptTokens, cachedTokens);
    if (key !== null) {
      cache.put('verdict', key, verdict);
    }
    return verdict;
  } catch (error) {
    if (tooLong === 'invalid' && error instanceof CodejuryError && error.code === 'context-length') {
      ledger.notice(`${name} could not read candidate ${candidate.id}: ${error.message}`);
      return noVerdict(name, candidate.id);
    }
    throw error;
  }
}

function noVerdict(judge: string, candidateId: string): Verdict {
  return {
    candidateId,
    judge,
    label: null,
    probabilityCorrect: null,
    confidence: null,
    labelMass: null,
    latencyMs: 0,
    promptTokens: null,
  };
}

function verdictKey(
  model: LanguageModel,
  task: Pick<Task, 'description' | 'signature'>,
  code: string,
): string | null {
  const { digest, settings } = model;
  const { description, signature } = task;
  return digest === null
    ? null
    : hashJson({ digest, settings, template: ZERO_SHOT_JUDGE_HASH, description, signature, code });
}
