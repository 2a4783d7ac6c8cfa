import type { JudgedLine, JudgeManyResult } from '../../contracts/judge-many-result.ts';
import { type Verdict, verdictSchema } from '../../contracts/verdict.ts';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { type JudgementTable, openJudgementTable } from '../../store/judgement-table.ts';
import { createTaskIndex } from '../../tasks/task-index.ts';
import { lockOutput } from '../execute/lock-output.ts';
import { identifyJudge } from '../judge-identity.ts';
import { type Ledger, openLedger } from '../ledger.ts';
import { openCache } from '../open-cache.ts';
import type { OpenJudge } from '../open-judge.ts';
import { type ModelEvents, openModelOpener } from '../open-model.ts';
import { openTasks } from '../open-tasks.ts';
import { openJudges } from '../open-team.ts';
import { readTeam, type TeamOverrides, type TeamSource } from '../read-team.ts';
import { recordJudge } from '../record-judge.ts';
import { requireEmbeddedJudge } from '../require-embedded-judge.ts';
import { type JudgeAllOptions, judgeAll } from './judge-all.ts';
import { readJudgedLines } from './read-judged-lines.ts';

export interface RunJudgeManyOptions extends ModelEvents {
  /** Whatever the other commands take as tasks. */
  readonly tasks: string;
  /** Any file or folder of samples. */
  readonly candidates: string;
  readonly out: string;
  readonly teamFile: string | null;
  readonly overrides: TeamOverrides;
  /** The judges, in place of those of `teamFile` and `overrides`. */
  readonly team?: TeamSource;
  readonly useCache: boolean;
  readonly offline: boolean;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JudgeManyProgress) => void;
}

export type JudgeManyProgress =
  | { readonly kind: 'reading'; readonly lines: number }
  | { readonly kind: 'loading' }
  /** Verdicts, of those of all judges; how many of them were on record, and how many have no label. */
  | {
      readonly kind: 'judging';
      readonly done: number;
      readonly total: number;
      readonly reused: number;
      readonly failures: number;
    }
  | { readonly kind: 'writing' };

/**
 * Asks judges about the candidates of many tasks: each distinct candidate once, one output line for each input line and judge, in
 * the order of the input. Verdicts are on record as soon as they are given, so that a run that was killed goes on where it was.
 *
 * @throws {CodejuryError} `usage` and `not-found` for wrong inputs, before a model is opened; what judges and disk report;
 *   `aborted`.
 */
export async function runJudgeMany(options: RunJudgeManyOptions): Promise<JudgeManyResult> {
  const startedAt = performance.now();
  const { out, env, signal, onProgress } = options;
  const source = options.team ?? (await readTeam(options.teamFile, options.overrides));
  if (source.config.judges.length === 0) {
    throw new CodejuryError('usage', 'the team has no judge', { hint: 'name one with --profile or --judge' });
  }
  await requireEmbeddedJudge(source, options.overrides);
  const tasks = createTaskIndex(await Array.fromAsync(openTasks(options.tasks, { env })));
  const lock = await lockOutput(out, signal);
  const table = await openJudgementTable(`${out}.table`).catch(async (error: unknown) => {
    await lock.release();
    throw error;
  });
  const cache = await openCache(options);
  const opener = openModelOpener(options);
  const ledger = openLedger();
  try {
    const rejectedLines = await readJudgedLines(
      {
        ...options,
        tasks,
        languages: source.config.languages,
        onProgress: (lines) => onProgress({ kind: 'reading', lines }),
      },
      table,
    );
    onProgress({ kind: 'loading' });
    const judges = await openJudges(source, opener);
    const { candidates, tasks: taskCount } = table.count();
    const labels = judges.map((): { readonly label: 0 | 1 | null }[] => []);
    const spent = judges.map(() => ({ answers: 0, ms: 0 }));
    let done = 0;
    let reused = 0;
    let failures = 0;
    const counting: Ledger = {
      ...ledger,
      reused: () => {
        reused += 1;
      },
    };
    await askAll(judges, {
      cache,
      ledger: counting,
      table,
      tasks,
      signal,
      onVerdict: (judge, { label, latencyMs }) => {
        const time = spent[judge];
        // A judge that could not read a candidate took no time over it.
        if (time !== undefined && latencyMs > 0) {
          time.answers += 1;
          time.ms += latencyMs;
        }
        labels[judge]?.push(GIVEN_LABELS[String(label) as keyof typeof GIVEN_LABELS]);
        failures += label === null ? 1 : 0;
        const total = candidates * judges.length;
        onProgress({ kind: 'judging', done: ++done, total, reused, failures });
      },
    });
    onProgress({ kind: 'writing' });
    await writeLinesAtomically(out, linesOf(table, judges));
    return {
      out,
      lines: table.lines,
      candidates,
      tasks: taskCount,
      rejectedLines,
      judges: judges.map((judge, number) => {
        const { answers, ms } = spent[number] ?? { answers: 0, ms: 0 };
        const secondsPerAnswer = answers === 0 ? null : ms / 1000 / answers;
        return { ...describe(judge, labels[number] ?? []), secondsPerAnswer };
      }),
      reused,
      notices: ledger.notices(),
      durationMs: performance.now() - startedAt,
    };
  } finally {
    await opener.dispose();
    cache.close();
    table.dispose();
    await lock.release();
  }
}

/** One object a label, however many verdicts there are. */
const GIVEN_LABELS = { 0: { label: 0 }, 1: { label: 1 }, null: { label: null } } as const;

type AskAllOptions = Omit<JudgeAllOptions, 'tooLong'>;

/** All judges beside each other: those of one engine take turns, those of servers need not. The first failure stops all. */
async function askAll(judges: readonly OpenJudge[], options: AskAllOptions): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const asked = judges.map((judge, number) =>
    judgeAll(judge, number, { ...options, signal, tooLong: 'invalid' }).catch((error: unknown) => {
      stop.abort();
      throw error;
    }),
  );
  const failures = (await Promise.allSettled(asked)).flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  // Those that were stopped because of another are not what went wrong.
  const failure = failures.find((error) => !isStopped(error)) ?? failures[0];
  if (failure !== undefined) throw failure;
}

function isStopped(error: unknown): boolean {
  return error instanceof CodejuryError && error.code === 'aborted';
}

function* linesOf(table: JudgementTable, judges: readonly OpenJudge[]): Generator<string> {
  const known = judges.map((judge) => ({ judge: judge.name, identity: identifyJudge(judge) }));
  for (const { index, taskId, candidateId, sampleId, rejected, verdicts } of table.rows(judges.length)) {
    for (const [number, { judge, identity }] of known.entries()) {
      const text = verdicts[number] ?? null;
      const verdict: Verdict | null = text === null ? null : verdictSchema.parse(JSON.parse(text));
      const line: JudgedLine = {
        index,
        taskId,
        candidateId,
        judge,
        label: verdict?.label ?? null,
        confidence: verdict?.confidence ?? null,
        probabilityCorrect: verdict?.probabilityCorrect ?? null,
        labelMass: verdict?.labelMass ?? null,
        rating: verdict?.rating ?? null,
        sampleId,
        identity,
        rejected,
      };
      yield JSON.stringify(line);
    }
  }
}

function describe(
  judge: OpenJudge,
  labels: readonly { readonly label: 0 | 1 | null }[],
): Omit<JudgeManyResult['judges'][number], 'secondsPerAnswer'> {
  const { engine, name, digest } = judge.model;
  const correct = labels.filter(({ label }) => label === 1).length;
  return { ...recordJudge(judge, labels), engine, model: name, digest, correct };
}
