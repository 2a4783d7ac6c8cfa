import type { Candidate } from '../contracts/candidate.ts';
import { type Verdict, verdictSchema } from '../contracts/verdict.ts';
import { CodejuryError } from '../errors.ts';
import type { JudgedTask } from '../judge/judge-strategy.ts';
import { NO_ANSWER } from '../judge/no-answer.ts';
import type { LanguageModel } from '../lm/language-model.ts';
import type { ResultCache } from '../store/result-cache.ts';
import { hashJson } from '../util/hash.ts';
import type { Ledger } from './ledger.ts';
import type { OpenJudge } from './open-judge.ts';
import { recordTextScores } from './record-text-scores.ts';

export interface AskOptions {
  readonly cache: ResultCache;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** What to do with a candidate that does not fit a judge's context: no verdict, or the error. */
  readonly tooLong: 'invalid' | 'throw';
}

/** One judge's verdict on one candidate; an equal question is answered from the cache. */
export async function askJudge(
  judge: OpenJudge,
  task: JudgedTask,
  candidate: Pick<Candidate, 'id' | 'code'>,
  { cache, ledger, signal, tooLong }: AskOptions,
): Promise<Verdict> {
  const { name, model, strategy } = judge;
  const { code } = candidate;
  const named = { candidateId: candidate.id, judge: name };
  const key = verdictKey(judge, task, code);
  const stored = key === null ? null : verdictSchema.safeParse(cache.get('verdict', key));
  if (stored?.success) {
    ledger.reused();
    return { ...stored.data, ...named };
  }
  ledger.used(model);
  try {
    const startedAtMs = performance.now();
    const { cachedTokens, ...answer } = await strategy.ask({
      model: withRecord(model, cache),
      task,
      code,
      signal,
    });
    ledger.spent('judge', startedAtMs);
    ledger.judged(answer.promptTokens, cachedTokens);
    const verdict = { ...named, ...answer };
    if (key !== null) {
      cache.put('verdict', key, verdict);
    }
    return verdict;
  } catch (error) {
    if (tooLong === 'invalid' && error instanceof CodejuryError && error.code === 'context-length') {
      ledger.notice(`${name} could not read candidate ${candidate.id}: ${error.message}`);
      return { ...named, ...NO_ANSWER };
    }
    throw error;
  }
}

/** How likely a model without its adapter finds code, rankers ask it, too. */
function withRecord(model: LanguageModel, cache: ResultCache): LanguageModel {
  return { ...model, base: recordTextScores(model.base ?? model, cache) };
}

/** Null for weights that nobody can tell apart: a server may have exchanged them. */
function verdictKey({ model, strategy }: OpenJudge, task: JudgedTask, code: string): string | null {
  const { digest, settings } = model;
  const { templateHash, dataDigest } = strategy;
  const { id, problem, language, description, signature } = task;
  if (digest === null) return null;
  // Which data a question is made with may depend on whose task it is.
  const data = dataDigest === null ? null : { dataDigest, id, problem, language };
  return hashJson({ digest, settings, template: templateHash, data, description, signature, code });
}
