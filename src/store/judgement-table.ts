import { openTable } from './open-table.ts';

/** A candidate that judges are asked about. */
export interface JudgedRow {
  readonly candidateId: string;
  readonly taskId: string;
  readonly code: string;
}

/** An input line and what became of it. */
export interface JudgedLine {
  /** Its number as the input counts. */
  readonly index: number;
  readonly taskId: string;
  readonly candidateId: string;
  /** Of the sample as it stands. */
  readonly sampleId: string;
  /** Why nobody is asked about it; null = all judges are. */
  readonly rejected: string | null;
  /** One a judge in their order, as given; null for one that has none. */
  readonly verdicts: readonly (string | null)[];
}

/**
 * Input lines, the distinct candidates they hold and the verdicts on these, on disk: a million of them must not be held in
 * memory. Scratch: what a killed run leaves is read again from the input.
 */
export interface JudgementTable {
  /** Adds the next line; equal candidates are one. `taskOrder` says when the candidates of its task come. */
  add(line: Omit<JudgedLine, 'verdicts'> & { readonly code: string; readonly taskOrder: number }): void;
  readonly lines: number;
  /** What judges are asked about: distinct candidates, and tasks that have any. */
  count(): { readonly candidates: number; readonly tasks: number };
  /** Those, task by task. Verdicts may be set meanwhile. */
  pending(): Iterable<JudgedRow>;
  setVerdict(candidateId: string, judge: number, verdict: string): void;
  /** All lines in the order they were added. */
  rows(judges: number): Iterable<JudgedLine>;
  /** Closes and deletes it. */
  dispose(): void;
}

/** Changes between two commits. */
const BATCH = 2_000;
const PAGE = 100;

const SCHEMA = `
  pragma journal_mode = off;
  pragma synchronous = off;
  create table candidate (
    seq integer primary key, id text not null unique, task text not null, task_order integer not null,
    code text not null, rejected text
  ) strict;
  create table line (
    number integer primary key, sample integer not null, sample_id text not null, candidate integer not null
  ) strict;
  create table verdict (
    candidate integer not null, judge integer not null, verdict text not null, primary key (candidate, judge)
  ) strict, without rowid;`;

/**
 * Opens an empty table in a file of that path, replacing whatever a killed run left there.
 *
 * @throws {CodejuryError} `disk-full` or `usage` when it cannot be written, here and in all that adds to it
 */
export async function openJudgementTable(path: string): Promise<JudgementTable> {
  const { database, writing, remove } = await openTable(path, SCHEMA);
  const find = database.prepare('select seq from candidate where id = ?');
  const insert = database.prepare(
    'insert into candidate (id, task, task_order, code, rejected) values (?, ?, ?, ?, ?)',
  );
  const insertLine = database.prepare(
    'insert into line (number, sample, sample_id, candidate) values (?, ?, ?, ?)',
  );
  const insertVerdict = database.prepare(
    'insert or replace into verdict select seq, ?, ? from candidate where id = ?',
  );
  let lines = 0;
  let uncommitted = 0;
  const flush = () => {
    if (uncommitted > 0) database.exec('commit');
    uncommitted = 0;
  };
  const change = (work: () => void) =>
    writing(() => {
      if (uncommitted === 0) database.exec('begin');
      work();
      uncommitted += 1;
      if (uncommitted >= BATCH) flush();
    });
  return {
    get lines() {
      return lines;
    },
    add: ({ index, taskId, taskOrder, candidateId, sampleId, code, rejected }) => {
      change(() => {
        const seq =
          find.get(candidateId)?.seq ??
          insert.run(candidateId, taskId, taskOrder, code, rejected).lastInsertRowid;
        insertLine.run(lines, index, sampleId, Number(seq));
      });
      lines += 1;
    },
    count: () => {
      const row = database
        .prepare(
          'select count(*) as candidates, count(distinct task) as tasks from candidate where rejected is null',
        )
        .get();
      return { candidates: Number(row?.candidates), tasks: Number(row?.tasks) };
    },
    *pending() {
      writing(() => database.exec('create index if not exists by_task on candidate (task_order, seq)'));
      const page = database.prepare(
        `select * from candidate where rejected is null and (task_order, seq) > (?, ?)
         order by task_order, seq limit ${PAGE}`,
      );
      // Page by page: a statement that is still being read would see rows that change under it.
      for (let last: readonly [number, number] = [-1, -1]; ; ) {
        const rows = page.all(...last);
        if (rows.length === 0) return;
        for (const { id, task, task_order, seq, code } of rows) {
          last = [Number(task_order), Number(seq)];
          yield { candidateId: String(id), taskId: String(task), code: String(code) };
        }
      }
    },
    setVerdict: (candidateId, judge, verdict) => {
      change(() => insertVerdict.run(judge, verdict, candidateId));
    },
    *rows(judges) {
      writing(flush);
      const verdictsOf = database.prepare('select judge, verdict from verdict where candidate = ?');
      const all = database.prepare(
        'select sample, sample_id, seq, id, task, rejected from line join candidate on candidate = seq order by number',
      );
      for (const { sample, sample_id, seq, id, task, rejected } of all.iterate()) {
        const verdicts: (string | null)[] = Array(judges).fill(null);
        for (const row of verdictsOf.iterate(Number(seq))) verdicts[Number(row.judge)] = String(row.verdict);
        yield {
          index: Number(sample),
          taskId: String(task),
          candidateId: String(id),
          sampleId: String(sample_id),
          rejected: rejected === null ? null : String(rejected),
          verdicts,
        };
      }
    },
    dispose: () => {
      database.close();
      remove();
    },
  };
}
