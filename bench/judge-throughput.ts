/**
 * `codejury judge --tasks` over a dataset (read, clean, judge, write; opening the model apart) against the engine alone on the tokens
 * that are left once each task's shared part is evaluated once: llama.cpp called with the same pieces, and with the same number of
 * tokens in full chunks. Both by CPU time, too, which others on the machine hardly change. Target: judgements per second at least 0.9 of
 * what the same pieces allow.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Task } from '../src/contracts/task.ts';
import { writeLinesAtomically } from '../src/io/write-lines-atomically.ts';
import { createStrategy } from '../src/judge/create-strategy.ts';
import { nativeContextOf } from '../src/lm/llama/native.ts';
import { openLlamaModel } from '../src/lm/llama/open-llama-model.ts';
import { createPromptRenderer } from '../src/lm/llama/render-prompt.ts';
import { acquireWeights } from '../src/lm/llama/shared-weights.ts';
import { judgeAll } from '../src/pipeline/judge-many/judge-all.ts';
import { readJudgedLines } from '../src/pipeline/judge-many/read-judged-lines.ts';
import { openLedger } from '../src/pipeline/ledger.ts';
import { judgePrompt } from '../src/prompts/judge-layout.ts';
import { openJudgementTable } from '../src/store/judgement-table.ts';
import { noResultCache } from '../src/store/result-cache.ts';
import { listBundledTasks } from '../src/tasks/bundled-tasks.ts';
import { createTaskIndex } from '../src/tasks/task-index.ts';
import { median } from './median.ts';
import { benchModelOptions } from './open-bench-model.ts';

const TASKS = 4;
const CANDIDATES_PER_TASK = 5;
const ROUNDS = 2;
const TARGET = 0.9;
const CHUNK_TOKENS = 512;
const TEMPLATE = { method: 'verdict', layout: 'compact', labels: null, promptKind: 'chat' } as const;

/** In milliseconds. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** What one round took. */
interface Round {
  readonly judged: Cost;
  readonly pieces: Cost;
  readonly chunks: Cost;
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'codejury-bench-'));
  const options = await benchModelOptions({ threads: null, batching: 'auto' });
  const tasks = createTaskIndex(
    (await listBundledTasks()).filter((task) => task.language === 'python').slice(0, TASKS),
  );
  const samples = join(folder, 'samples.jsonl');
  const given = shuffled(tasks.tasks.flatMap((task) => candidatesOf(task)));
  await writeFile(samples, given.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const model = await openLlamaModel(options);
  const weights = await acquireWeights(options);
  const context = await weights.model.createContext({
    sequences: 1,
    contextSize: 4096,
    batchSize: CHUNK_TOKENS,
    threads: Number(model.settings.threads),
    swaFullCache: true,
  });
  const native = nativeContextOf(context);
  const strategy = createStrategy(TEMPLATE, { examples: null });
  const judge = { name: 'judge', model, strategy, calibration: { confidenceBounds: null, platt: null } };
  const { signal } = new AbortController();

  const judgeEverything = async () => {
    const table = await openJudgementTable(join(folder, 'table'));
    const read = { candidates: samples, tasks, languages: [], signal, onProgress: () => undefined };
    await readJudgedLines(read, table);
    await judgeAll(judge, 0, {
      table,
      tasks,
      signal,
      cache: noResultCache,
      ledger: openLedger(),
      tooLong: 'throw',
      onVerdict: () => undefined,
    });
    const lines = Iterator.from(table.rows(1)).map((row) => JSON.stringify(row));
    await writeLinesAtomically(join(folder, 'verdicts.jsonl'), lines);
    table.dispose();
  };

  const renderer = createPromptRenderer(weights.model, weights.vocabulary, 'model', null);
  const pieces = await piecesOf(samples, tasks, folder, (task, code) =>
    renderer.renderLabelRequest({
      kind: 'chat',
      system: null,
      ...judgePrompt({ layout: TEMPLATE.layout, task, code }),
    }),
  );
  const decode = async (position: number, tokens: readonly number[]) => {
    for (let start = 0; start < tokens.length; start += CHUNK_TOKENS) {
      const chunk = Uint32Array.from(tokens.slice(start, start + CHUNK_TOKENS));
      native.initBatch(chunk.length);
      native.addToBatch(0, position + start, chunk, new Uint32Array());
      await native.decodeBatch();
    }
  };
  const evaluatePieces = async () => {
    for (const { position, tokens } of pieces) {
      native.removeTokenCellsFromSequence(0, position, -1);
      await decode(position, tokens);
    }
  };
  const every = pieces.flatMap(({ tokens }) => tokens);
  const evaluateChunks = async () => {
    for (let start = 0; start < every.length; start += CHUNK_TOKENS) {
      native.disposeSequence(0);
      await decode(0, every.slice(start, start + CHUNK_TOKENS));
    }
  };

  try {
    // Not counted: the memory of new contexts is touched for the first time.
    const [task] = tasks.tasks;
    if (task !== undefined) await strategy.ask({ model, task, code: 'pass', signal });
    await decode(0, pieces[0]?.tokens ?? []);
    native.disposeSequence(0);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({
        judged: await timed(judgeEverything),
        pieces: await timed(evaluatePieces),
        chunks: await timed(evaluateChunks),
      });
    }
    report(rounds, given.length, every.length);
  } finally {
    await context.dispose();
    await weights.release();
    await model.dispose();
    await rm(folder, { recursive: true });
  }
}

/** The own solution of a task, each with another first line in its function. */
function candidatesOf({ id, canonical }: Task): { taskId: string; code: string }[] {
  return Array.from({ length: CANDIDATES_PER_TASK }, (_value, index) => ({
    taskId: id,
    code: (canonical ?? '').replace(/^def .*:$/m, (header) => `${header}\n    attempt = ${index}`),
  }));
}

/** A fixed disorder, as the lines of several generators are. */
function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value, index) => ({ value, key: ((index * 7919) % 104_729) % values.length }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

interface Piece {
  readonly position: number;
  readonly tokens: readonly number[];
}

/** What has to be evaluated, task by task: the shared part where the task changes, and each candidate's own. */
async function piecesOf(
  samples: string,
  tasks: ReturnType<typeof createTaskIndex>,
  folder: string,
  render: (task: Task, code: string) => { tokens: readonly number[]; prefix: readonly number[] },
): Promise<readonly Piece[]> {
  const table = await openJudgementTable(join(folder, 'pieces'));
  const { signal } = new AbortController();
  await readJudgedLines(
    { candidates: samples, tasks, languages: [], signal, onProgress: () => undefined },
    table,
  );
  const pieces: Piece[] = [];
  let taskBefore: string | null = null;
  for (const { taskId, code } of table.pending()) {
    const task = tasks.get(taskId);
    if (task === null) throw new Error(`no task ${taskId}`);
    const { tokens, prefix } = render(task, code);
    const shared = prefix.slice(0, -1);
    if (taskId !== taskBefore) pieces.push({ position: 0, tokens: shared });
    pieces.push({ position: shared.length, tokens: tokens.slice(shared.length) });
    taskBefore = taskId;
  }
  table.dispose();
  return pieces;
}

async function timed(work: () => Promise<unknown>): Promise<Cost> {
  const startedAt = performance.now();
  const usedBefore = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(usedBefore);
  return { wall: performance.now() - startedAt, cpu: (user + system) / 1000 };
}

function report(rounds: readonly Round[], judgements: number, tokens: number): void {
  const of = (what: keyof Round, kind: keyof Cost) => median(rounds.map((round) => round[what][kind]));
  const share = (what: keyof Round, kind: keyof Cost) =>
    median(rounds.map((round) => round[what][kind] / round.judged[kind]));
  const rate = (what: keyof Round) =>
    `${((1000 * tokens) / of(what, 'wall')).toFixed(0)} tokens/s, ${((1000 * tokens) / of(what, 'cpu')).toFixed(0)} by CPU time`;
  console.log(
    `judge-throughput: ${judgements} candidates of ${TASKS} tasks, ${tokens} tokens once shared parts count once, ${ROUNDS} rounds`,
  );
  console.log(
    `  judged                 ${rate('judged')}, ${((1000 * judgements) / of('judged', 'wall')).toFixed(2)} judgements/s`,
  );
  console.log(`  engine, same pieces    ${rate('pieces')}`);
  console.log(`  engine, full chunks    ${rate('chunks')}`);
  for (const kind of ['wall', 'cpu'] as const) {
    const ratio = share('pieces', kind);
    console.log(
      `  ratio by ${kind} time${kind === 'cpu' ? ' ' : ''}     ${ratio.toFixed(3)} (target at least ${TARGET}: ${ratio >= TARGET ? 'met' : 'MISSED'}), to full chunks ${share('chunks', kind).toFixed(3)}`,
    );
  }
}
