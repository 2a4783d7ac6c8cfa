import type { Feedback } from '../../contracts/execution.ts';
import type { Task } from '../../contracts/task.ts';
import { type ClassCap, createClassCap } from '../../dataset/class-cap.ts';
import type { Split } from '../../dataset/split-tasks.ts';
import type { LabelledCandidate } from '../../dataset/training-row.ts';
import type { CandidateTable } from '../../store/candidate-table.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { labelOf } from './label-of.ts';

/** The reason of candidates that only the cap leaves out. */
export const OVER_CAP = 'over the cap per class';

/** A candidate that is part of the dataset. */
export interface DatasetRow {
  readonly task: Task;
  readonly split: Split;
  readonly candidate: LabelledCandidate;
  readonly samples: number;
  readonly generator: string | null;
}

export interface LabelledRowsOptions {
  readonly table: CandidateTable;
  readonly index: TaskIndex;
  readonly splits: ReadonlyMap<string, Split>;
  readonly failedReferences: ReadonlySet<string>;
  /** See labelOf. */
  readonly firstAdded: number | null;
  /** At most so many candidates of each class of a training task; null = all. */
  readonly capPerClass: number | null;
  readonly seed: number;
}

/** The dataset's candidates in the order of their first sample, and how many were left out for which reason. */
export interface LabelledRows {
  /** Candidates (of rejected ones: samples) by reason, in the order in which reasons apply. */
  readonly removed: ReadonlyMap<string, number>;
  rows(): Iterable<DatasetRow>;
}

/** Reads the table once to count, and then as often as its rows are asked for. */
export function labelledRows(options: LabelledRowsOptions): LabelledRows {
  const { table, failedReferences, firstAdded, capPerClass, seed } = options;
  const cap = createClassCap(capPerClass, seed);
  const removed = new Map<string, number>();
  const count = (reason: string, by: number) => removed.set(reason, (removed.get(reason) ?? 0) + by);
  for (const row of table.rows()) {
    const found = labelOf(row, failedReferences, firstAdded);
    if ('label' in found) cap.see(row.taskId, found.label, row.candidateId);
    else if (found.reason === 'rejected') count(`rejected: ${row.rejected?.reason}`, row.samples.length);
    else count(found.reason, 1);
  }
  const rows = () => rowsOf(options, cap);
  if (capPerClass !== null) {
    let [labelled, kept] = [0, 0];
    for (const row of table.rows()) labelled += 'label' in labelOf(row, failedReferences, firstAdded) ? 1 : 0;
    for (const _row of rows()) kept += 1;
    count(OVER_CAP, labelled - kept);
  }
  return { removed, rows };
}

/** The limit in the message is measured, where a reference solution ran: no two runs would give the same bytes. */
function withoutTime(feedback: Feedback | null): Feedback | null {
  return feedback?.kind === 'wall-time' ? { ...feedback, message: 'no result in time' } : feedback;
}

function* rowsOf(
  { table, index, splits, failedReferences, firstAdded }: LabelledRowsOptions,
  cap: ClassCap,
): Generator<DatasetRow> {
  for (const row of table.rows()) {
    const found = labelOf(row, failedReferences, firstAdded);
    if (!('label' in found)) continue;
    const task = index.get(row.taskId);
    const split = splits.get(row.taskId);
    if (task === null || split === undefined) throw new Error(`no task ${row.taskId}`);
    // What is measured keeps the classes as they come.
    if (split === 'train' && !cap.keeps(row.taskId, found.label, row.candidateId)) continue;
    const { candidateId, code, outcome, feedback, samples, generator } = row;
    yield {
      task,
      split,
      candidate: { candidateId, code, label: found.label, outcome, feedback: withoutTime(feedback) },
      samples: samples.length,
      generator,
    };
  }
}
