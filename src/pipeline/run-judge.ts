import type { Readable } from 'node:stream';
import type { JudgedFile, JudgeResult } from '../contracts/judge-result.ts';
import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { candidateId } from '../util/candidate-id.ts';
import { openPanel, type PanelVerdict } from './judge-panel.ts';
import { openLedger } from './ledger.ts';
import { openCache } from './open-cache.ts';
import { openCombiner } from './open-combiner.ts';
import type { OpenJudge } from './open-judge.ts';
import { type ModelEvents, openModelOpener } from './open-model.ts';
import { openJudges } from './open-team.ts';
import { type GivenCandidate, readCandidateFiles, readCandidateLines } from './read-candidates.ts';
import { readTask } from './read-task.ts';
import { readTeam, type TeamOverrides } from './read-team.ts';
import { recordJudge } from './record-judge.ts';
import { requireEmbeddedJudge } from './require-embedded-judge.ts';

export interface RunJudgeOptions extends ModelEvents {
  readonly taskFile: string;
  readonly files: readonly string[];
  /** JSON lines, each with the field `code`; null when files are given. */
  readonly candidatesFile: string | null;
  readonly teamFile: string | null;
  readonly overrides: TeamOverrides;
  readonly useCache: boolean;
  readonly offline: boolean;
  readonly env: Environment;
  readonly stdin: Readable;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Asks the team's judges about given candidates, each distinct code once. The code is judged as it stands.
 *
 * @throws {CodejuryError} `usage` for missing or unreadable input, checked before a model is opened; `context-length`
 *   for a candidate that no judge can read whole.
 */
export async function runJudge(options: RunJudgeOptions): Promise<JudgeResult> {
  const source = await readTeam(options.teamFile, options.overrides);
  if (source.config.judges.length === 0) {
    throw new CodejuryError('usage', 'the team has no judge', { hint: 'name one with --judge' });
  }
  await requireEmbeddedJudge(source, options.overrides);
  const task = await readTask(
    {
      file: options.taskFile,
      description: undefined,
      language: undefined,
      signature: undefined,
      testsFile: undefined,
    },
    options.stdin,
  );
  const given = await readGiven(options);
  const cache = await openCache(options);
  const opener = openModelOpener(options);
  const ledger = openLedger();
  // The first failure stops the judgements that are still waiting.
  const stop = new AbortController();
  try {
    const judges = await openJudges(source, opener);
    const panel = openPanel({
      judges,
      combine: await openCombiner(source, judges),
      cache,
      ledger,
      signal: AbortSignal.any([options.signal, stop.signal]),
      tooLong: 'throw',
    });
    const byCode = new Map<string, Promise<PanelVerdict>>();
    let done = 0;
    const answers = await Promise.all(
      given.map(async ({ code }) => {
        const known = byCode.get(code);
        const answer = known ?? panel(task, { id: candidateId(task.id, code), code });
        byCode.set(code, answer);
        const result = await answer;
        options.onProgress?.(++done, given.length);
        return result;
      }),
    );
    return {
      task,
      judges: judges.map((judge, index) =>
        describeJudge(
          judge,
          [...answers].map((answer) => answer.verdicts[index]?.label ?? null),
        ),
      ),
      candidates: rank(task, given, answers),
      notices: ledger.notices(),
    };
  } finally {
    stop.abort();
    await opener.dispose();
    cache.close();
  }
}

async function readGiven(options: RunJudgeOptions): Promise<readonly GivenCandidate[]> {
  const { files, candidatesFile } = options;
  if (files.length > 0 === (candidatesFile !== null)) {
    throw new CodejuryError('usage', 'expected candidate files, or --candidates FILE.jsonl', {
      hint: 'codejury judge --task task.yaml a.py b.py',
    });
  }
  return candidatesFile === null ? readCandidateFiles(files) : readCandidateLines(candidatesFile);
}

function describeJudge(judge: OpenJudge, labels: readonly (0 | 1 | null)[]): JudgeResult['judges'][number] {
  const { engine, name, digest } = judge.model;
  return {
    ...recordJudge(
      judge,
      labels.map((label) => ({ label })),
    ),
    engine,
    model: name,
    digest,
  };
}

function rank(
  task: Task,
  given: readonly GivenCandidate[],
  answers: readonly PanelVerdict[],
): readonly JudgedFile[] {
  const scores = answers.map((answer) => answer.score ?? Number.NEGATIVE_INFINITY);
  const order = scores.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const rankOf = new Map(order.map((index, position) => [index, position + 1]));
  return given.map(({ source, code }, index) => {
    const { verdicts = [], score = null } = answers[index] ?? {};
    const only = verdicts.length === 1 ? verdicts[0] : undefined;
    return {
      source,
      candidateId: candidateId(task.id, code),
      code,
      score,
      rank: rankOf.get(index) ?? given.length,
      probabilityCorrect: only?.probabilityCorrect ?? null,
      confidence: only?.confidence ?? null,
      labelMass: only?.labelMass ?? null,
      verdicts,
    };
  });
}
