import { rejectionCounts } from '../clean/rejection-counts.ts';
import type { JudgeRecord } from '../contracts/judge-result.ts';
import type { JudgedCandidate, Trace } from '../contracts/solve-result.ts';
import type { LanguageModel } from '../lm/language-model.ts';
import { GENERATOR_PROMPT_HASH } from '../prompts/generator.ts';
import type { OpenJudge } from './open-judge.ts';
import { recordJudge } from './record-judge.ts';

type Stage = keyof Trace['durationsMs'];

interface LedgerOutcome {
  readonly seed: number;
  readonly requested: number;
  readonly drawn: number;
  readonly candidates: readonly JudgedCandidate[];
  readonly judges: readonly OpenJudge[];
}

/** Collects what a run spends. Token counts become null as soon as one of them is unknown. */
export interface Ledger {
  readonly sampled: (tokenCount: number | null) => void;
  readonly judged: (promptTokens: number | null, cachedTokens: number | null) => void;
  readonly reused: () => void;
  readonly used: (model: LanguageModel) => void;
  readonly notice: (text: string) => void;
  /** Everything noticed so far, by the run and by its models. */
  readonly notices: () => readonly string[];
  /** Adds the time since `startedAtMs` (performance.now()) to a stage. */
  readonly spent: (stage: Stage, startedAtMs: number) => void;
  readonly close: (outcome: LedgerOutcome) => Trace;
}

/** An empty ledger; its clock starts now. */
export function openLedger(): Ledger {
  const startedAtMs = performance.now();
  const durationsMs = { generate: 0, clean: 0, gate: 0, judge: 0, total: 0 };
  const models = new Map<string, LanguageModel>();
  const noticed = new Set<string>();
  let generatedTokens: number | null = 0;
  let judgePromptTokens: number | null = 0;
  let judgeCachedTokens: number | null = 0;
  let judgementsMade = 0;
  let reusedResults = 0;

  const allNotices = () => [
    ...noticed,
    ...[...models.values()].flatMap(({ name, notices = [] }) =>
      notices.map((notice) => `${name}: ${notice}`),
    ),
  ];

  return {
    notices: allNotices,
    sampled: (tokenCount) => {
      generatedTokens = add(generatedTokens, tokenCount);
    },
    judged: (promptTokens, cachedTokens) => {
      judgementsMade += 1;
      judgePromptTokens = add(judgePromptTokens, promptTokens);
      judgeCachedTokens = add(judgeCachedTokens, cachedTokens);
    },
    reused: () => {
      reusedResults += 1;
    },
    used: (model) => {
      models.set(`${model.name} ${model.digest}`, model);
    },
    notice: (text) => {
      noticed.add(text);
    },
    spent: (stage, sinceMs) => {
      durationsMs[stage] += performance.now() - sinceMs;
    },
    close: ({ seed, requested, drawn, candidates, judges }) => ({
      seed,
      samplesRequested: requested,
      samplesDrawn: drawn,
      samplesSavedByEarlyStop: requested - drawn,
      judgementsMade,
      judgementsSavedByDuplicates: savedByDuplicates(candidates),
      reusedResults,
      rejections: rejectionCounts(candidates),
      generatedTokens,
      judgePromptTokens,
      judgeCachedTokens,
      judges: judgeRecords(judges, candidates),
      models: [...models.values()].map(({ name, engine, digest }) => ({ name, engine, digest })),
      templates: { generator: GENERATOR_PROMPT_HASH },
      notices: allNotices(),
      durationsMs: { ...durationsMs, total: performance.now() - startedAtMs },
    }),
  };
}

function add(total: number | null, more: number | null): number | null {
  return total === null || more === null ? null : total + more;
}

function savedByDuplicates(candidates: readonly JudgedCandidate[]): number {
  return candidates.reduce(
    (total, { verdicts, samples }) => total + verdicts.length * (samples.length - 1),
    0,
  );
}

function judgeRecords(
  judges: readonly OpenJudge[],
  candidates: readonly JudgedCandidate[],
): readonly JudgeRecord[] {
  const verdicts = candidates.flatMap((candidate) => candidate.verdicts);
  return judges.map((judge) =>
    recordJudge(
      judge,
      verdicts.filter((verdict) => verdict.judge === judge.name),
    ),
  );
}
