import type { TestedVerdict } from './tested-verdict.ts';

/** What `TestedTable.label` has for an invalid verdict. */
export const NO_LABEL = -1;

/**
 * Verdicts of one judge beside the truth, as `TestedVerdict`, in columns: a million take 30 MB. Row `i` of each column belongs to one
 * verdict; an unknown number is NaN.
 */
export interface TestedTable {
  readonly rows: number;
  /** Each once, in the order in which they come. */
  readonly taskIds: readonly string[];
  /** Places in `taskIds`. */
  readonly task: Int32Array;
  readonly truth: Uint8Array;
  /** 0, 1 or NO_LABEL. */
  readonly label: Int8Array;
  readonly score: Float64Array;
  readonly probabilityCorrect: Float64Array;
  readonly confidence: Float64Array;
}

/** A table that grows. */
export interface TestedTableBuilder {
  readonly add: (verdict: TestedVerdict) => void;
  /** The rows added so far; what is added later is not in it. */
  readonly table: () => TestedTable;
}

export function createTestedTable(): TestedTableBuilder {
  const taskIds: string[] = [];
  const placeOf = new Map<string, number>();
  let columns = columnsOf(16);
  let rows = 0;
  return {
    add: ({ taskId, truth, label, score, probabilityCorrect, confidence }) => {
      if (rows === columns.task.length) columns = columnsOf(2 * rows, columns);
      let place = placeOf.get(taskId);
      if (place === undefined) {
        place = taskIds.push(taskId) - 1;
        placeOf.set(taskId, place);
      }
      columns.task[rows] = place;
      columns.truth[rows] = truth;
      columns.label[rows] = label ?? NO_LABEL;
      columns.score[rows] = score ?? Number.NaN;
      columns.probabilityCorrect[rows] = probabilityCorrect ?? Number.NaN;
      columns.confidence[rows] = confidence ?? Number.NaN;
      rows += 1;
    },
    table: () => ({
      ...{ rows, taskIds: [...taskIds] },
      task: columns.task.subarray(0, rows),
      truth: columns.truth.subarray(0, rows),
      label: columns.label.subarray(0, rows),
      score: columns.score.subarray(0, rows),
      probabilityCorrect: columns.probabilityCorrect.subarray(0, rows),
      confidence: columns.confidence.subarray(0, rows),
    }),
  };
}

/** The verdicts in columns. */
export function testedTable(judged: readonly TestedVerdict[]): TestedTable {
  const builder = createTestedTable();
  for (const verdict of judged) builder.add(verdict);
  return builder.table();
}

type Columns = Omit<TestedTable, 'rows' | 'taskIds'>;

function columnsOf(capacity: number, before?: Columns): Columns {
  const columns = {
    task: new Int32Array(capacity),
    truth: new Uint8Array(capacity),
    label: new Int8Array(capacity),
    score: new Float64Array(capacity),
    probabilityCorrect: new Float64Array(capacity),
    confidence: new Float64Array(capacity),
  };
  if (before === undefined) return columns;
  columns.task.set(before.task);
  columns.truth.set(before.truth);
  columns.label.set(before.label);
  columns.score.set(before.score);
  columns.probabilityCorrect.set(before.probabilityCorrect);
  columns.confidence.set(before.confidence);
  return columns;
}
