import type { Rejection } from '../contracts/candidate.ts';
import type { ExecutedCandidate } from '../contracts/executed-candidate.ts';
import type { Execution } from '../contracts/execution.ts';
import { openTable } from './open-table.ts';

/** A distinct candidate as it was read. */
export interface CandidateRow {
  readonly candidateId: string;
  /** Rows of equal keys are one candidate, the first of them. */
  readonly key: string;
  readonly taskId: string;
  readonly code: string;
  readonly generator: string | null;
  readonly rejected: Rejection | null;
}

/** How many samples of a task there are, and how many of them passed. */
export interface TaskRow {
  readonly taskId: string;
  readonly samples: number;
  readonly passed: number;
}

export interface TableRow extends ExecutedCandidate {
  /** Samples of it that came with a label of their own, by that label. */
  readonly given: { readonly passed: number; readonly failed: number };
}

export interface OutcomeRow {
  /** Null: rejected before anything was run. */
  readonly outcome: ExecutedCandidate['outcome'];
  readonly candidates: number;
  readonly samples: number;
}

/** Candidates that failed in the same way. */
export interface FaultRow {
  readonly outcome: string;
  /** Of their feedback: an exception, a diagnostic. */
  readonly kind: string;
  readonly candidates: number;
  readonly example: TableRow;
}

/**
 * The distinct candidates of one run, in the order of their first sample, on disk: a million of them must not be held in
 * memory. Scratch: what a killed run leaves is worthless, since it is read again from the input.
 */
export interface CandidateTable {
  /** Adds a sample; equal candidates are one row. True when the candidate is new. */
  add(sample: number, candidate: CandidateRow & { readonly passed?: boolean | null }): boolean;
  /** Commits what was added; call it before reading. */
  flush(): void;
  readonly samples: number;
  /** Above the number of every sample. */
  readonly nextSample: number;
  readonly candidates: number;
  has(key: string): boolean;
  /** The code of a task's candidates that pass, in order. */
  passing(taskId: string): string[];
  /** Those that are to be run and have not been, in order. Results may be set meanwhile. */
  pending(): Iterable<CandidateRow>;
  setExecution(key: string, execution: Execution): void;
  /** All rows with what is known of them, in order. */
  rows(): Iterable<TableRow>;
  byTask(): TaskRow[];
  byOutcome(): OutcomeRow[];
  /** The most frequent faults, at most so many; the example is the first candidate. */
  byFault(limit: number): FaultRow[];
  /** Closes and deletes it. */
  dispose(): void;
}

/** Rows between two commits. */
const BATCH = 2_000;

const INDEX_OF_SAMPLES = 'create index if not exists sample_candidate on sample (candidate, number)';
const INDEX_OF_TASKS = 'create index if not exists candidate_task on candidate (task, seq)';
const ROW_WITH_SAMPLES = `
  select candidate.*, (select json_group_array(number order by number) from sample where candidate = seq) as samples
  from candidate`;

const SCHEMA = `
  pragma journal_mode = off;
  pragma synchronous = off;
  pragma cache_size = -16000;
  create table candidate (
    seq integer primary key, key text not null unique, id text not null, task text not null, code text not null,
    generator text, rejected text, outcome text, execution text,
    passed integer not null default 0, failed integer not null default 0
  ) strict;
  create table sample (number integer primary key, candidate integer not null) strict;`;

/**
 * Opens an empty table in a file of that path, replacing whatever a killed run left there.
 *
 * @throws {CodejuryError} `disk-full` or `usage` when it cannot be written, here and in all that adds to it
 */
export async function openCandidateTable(path: string): Promise<CandidateTable> {
  const { database, writing, remove } = await openTable(path, SCHEMA);
  const find = database.prepare('select seq from candidate where key = ?');
  const insert = database.prepare(
    'insert into candidate (key, id, task, code, generator, rejected) values (?, ?, ?, ?, ?, ?)',
  );
  const insertSample = database.prepare('insert into sample (number, candidate) values (?, ?)');
  const countPassed = database.prepare('update candidate set passed = passed + 1 where seq = ?');
  const countFailed = database.prepare('update candidate set failed = failed + 1 where seq = ?');
  const update = database.prepare('update candidate set outcome = ?, execution = ? where key = ?');
  const page = database.prepare(
    'select * from candidate where rejected is null and outcome is null and seq > ? order by seq limit 100',
  );
  let samples = 0;
  let candidates = 0;
  let nextSample = 0;
  let uncommitted = 0;
  const flush = () => {
    const isOpen = uncommitted > 0;
    // Whatever becomes of it: a transaction that failed is over.
    uncommitted = 0;
    if (isOpen) writing(() => database.exec('commit'));
  };
  const addRow: CandidateTable['add'] = (sample, candidate) => {
    const { candidateId, key, taskId, code, generator, rejected, passed = null } = candidate;
    if (uncommitted === 0) database.exec('begin');
    const known = find.get(key);
    const why = rejected === null ? null : JSON.stringify(rejected);
    const seq = known?.seq ?? insert.run(key, candidateId, taskId, code, generator, why).lastInsertRowid;
    insertSample.run(sample, Number(seq));
    if (passed !== null) (passed ? countPassed : countFailed).run(Number(seq));
    return known === undefined;
  };
  const indexSamples = () => writing(() => database.exec(INDEX_OF_SAMPLES));
  return {
    get samples() {
      return samples;
    },
    get nextSample() {
      return nextSample;
    },
    get candidates() {
      return candidates;
    },
    add: (sample, candidate) => {
      const isNew = writing(() => addRow(sample, candidate));
      samples += 1;
      nextSample = Math.max(nextSample, sample + 1);
      candidates += isNew ? 1 : 0;
      uncommitted += 1;
      if (uncommitted >= BATCH) flush();
      return isNew;
    },
    flush,
    has: (key) => find.get(key) !== undefined,
    passing: (taskId) => {
      writing(() => database.exec(INDEX_OF_TASKS));
      return database
        .prepare(`select code from candidate where task = ? and outcome = 'passed' order by seq`)
        .all(taskId)
        .map(({ code }) => String(code));
    },
    *pending() {
      // Page by page: a statement that is still being read would see rows that change under it.
      for (let last = 0; ; ) {
        const rows = page.all(last);
        if (rows.length === 0) return;
        for (const row of rows) {
          last = Number(row.seq);
          yield candidateOf(row);
        }
      }
    },
    setExecution: (key, execution) => {
      writing(() => update.run(execution.outcome, JSON.stringify(execution), key));
    },
    *rows() {
      indexSamples();
      for (const row of database.prepare(`${ROW_WITH_SAMPLES} order by seq`).iterate()) yield tableRowOf(row);
    },
    byTask: () =>
      database
        .prepare(
          `select task, count(*) as samples, sum(outcome is 'passed') as passed
           from sample join candidate on candidate = seq group by task order by min(seq)`,
        )
        .all()
        .map((row) => ({
          taskId: String(row.task),
          samples: Number(row.samples),
          passed: Number(row.passed),
        })),
    byOutcome: () =>
      database
        .prepare(
          `select outcome, count(distinct seq) as candidates, count(*) as samples
           from sample join candidate on candidate = seq group by outcome order by samples desc, outcome`,
        )
        .all()
        .map((row) => ({
          outcome: row.outcome as OutcomeRow['outcome'],
          candidates: Number(row.candidates),
          samples: Number(row.samples),
        })),
    byFault: (limit) => {
      indexSamples();
      const one = database.prepare(`${ROW_WITH_SAMPLES} where seq = ?`);
      return database
        .prepare(
          `select outcome, execution ->> '$.feedback.kind' as kind, count(*) as candidates, min(seq) as example
           from candidate where kind is not null group by outcome, kind order by candidates desc, outcome, kind limit ?`,
        )
        .all(limit)
        .map((row) => ({
          outcome: String(row.outcome),
          kind: String(row.kind),
          candidates: Number(row.candidates),
          example: tableRowOf(one.get(Number(row.example)) ?? {}),
        }));
    },
    dispose: () => {
      database.close();
      remove();
    },
  };
}

function tableRowOf(row: Record<string, unknown>): TableRow {
  const { candidateId, ...candidate } = candidateOf(row);
  const execution = row.execution === null ? null : (JSON.parse(String(row.execution)) as Execution);
  return {
    taskId: candidate.taskId,
    candidateId,
    samples: JSON.parse(String(row.samples)) as number[],
    generator: candidate.generator,
    code: candidate.code,
    rejected: candidate.rejected,
    outcome: execution?.outcome ?? null,
    feedback: execution?.feedback ?? null,
    durationMs: execution?.durationMs ?? null,
    attempts: execution?.attempts ?? 0,
    given: { passed: Number(row.passed), failed: Number(row.failed) },
  };
}

function candidateOf(row: Record<string, unknown>): CandidateRow {
  return {
    candidateId: String(row.id),
    key: String(row.key),
    taskId: String(row.task),
    code: String(row.code),
    generator: row.generator === null ? null : String(row.generator),
    rejected: row.rejected === null ? null : (JSON.parse(String(row.rejected)) as Rejection),
  };
}
