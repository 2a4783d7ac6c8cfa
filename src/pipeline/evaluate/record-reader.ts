import { type JudgeIdentity, judgeIdentitySchema } from '../../contracts/judge-identity.ts';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { checkVerdict } from './check-verdict.ts';
import { type Cell, countCell, expected, labelCell, numberCell, textCell } from './read-cell.ts';
import { recordColumn, starredColumns } from './record-column.ts';
import {
  type JudgeColumn,
  type JudgeField,
  OWN_FIELDS,
  USUAL_RATINGS,
  VERDICT_FIELDS,
  type VerdictColumns,
  type VerdictField,
} from './verdict-columns.ts';
import type { VerdictLine } from './verdict-line.ts';

type Cells = Readonly<Record<string, unknown>>;

export interface RecordReaderOptions {
  readonly columns: VerdictColumns;
  /** A probability or score from here on says "correct", where a record has no label. */
  readonly threshold: number;
}

type Place = Pick<VerdictLine, 'path' | 'line' | 'place'>;

export interface RecordReader {
  /** @throws {CodejuryError} `usage`, naming file, line, column and what was expected; a judge with two columns; and as checkVerdict. */
  readonly read: (record: Cells, at: Place) => VerdictLine[];
  /** Columns that the mapping names and that no record read so far has. */
  readonly unseen: () => string[];
}

const PROBABILITY = { least: 0, most: 1 };

/** Makes verdicts of records: one of a record, or one a judge where judges stand side by side. */
export function createRecordReader({ columns, threshold }: RecordReaderOptions): RecordReader {
  const isMapped = columns.fields.size + columns.judges.length > 0;
  const unseen = new Set([...columns.fields.values(), ...columns.judges.map(({ column }) => column)]);
  unseen.delete('');
  const places = new Map<string, number>();
  const identities = new Map<string, JudgeIdentity>();

  function look(record: Cells, column: string): unknown {
    const value = recordColumn(record, column);
    if (value !== undefined) unseen.delete(column);
    return value;
  }

  function cellOf(record: Cells, field: VerdictField, place: string): Cell {
    const mapped = columns.fields.get(field);
    if (mapped === '' || (mapped === undefined && isMapped && OWN_FIELDS.has(field))) {
      return { value: undefined, place, column: field };
    }
    if (mapped !== undefined) return { value: look(record, mapped), place, column: mapped };
    const usual: readonly string[] = VERDICT_FIELDS[field];
    const column = usual.find((name) => record[name] !== undefined) ?? (usual[0] as string);
    return { value: record[column], place, column };
  }

  function identityOf({ value, place, column }: Cell): JudgeIdentity | null {
    if (value === null || value === undefined || value === '') return null;
    const text = JSON.stringify(value);
    const known = identities.get(text) ?? parseStrict(judgeIdentitySchema, value, `${place}: ${column}`);
    identities.set(text, known);
    return known;
  }

  /** What is the same for all judges of a record. */
  function commonOf(record: Cells, at: Place) {
    const cell = (field: VerdictField) => cellOf(record, field, at.place);
    const task = cell('taskId');
    const taskId = textCell(task);
    if (taskId === null) {
      throw expected(
        'the id of a task',
        task,
        `is it called otherwise? --map taskId=COLUMN; ${listOf(record)}`,
      );
    }
    return {
      taskId,
      candidateId: textCell(cell('candidateId')),
      passed: labelCell(cell('passed')),
      index: countCell(cell('index')),
      sampleId: textCell(cell('sampleId')),
      rejected: textCell(cell('rejected')),
      identity: identityOf(cell('identity')),
      labelMass: numberCell(cell('labelMass'), PROBABILITY),
      rating: numberCell(cell('rating'), PROBABILITY),
      ...at,
    };
  }

  /** The candidates of a task without ids are told apart by their order: of records that judges share, or of a judge's verdicts. */
  function named<Common extends { candidateId: string | null; taskId: string }>(
    common: Common,
    judge: string | null,
  ) {
    const { candidateId, taskId } = common;
    if (candidateId !== null) return { ...common, candidateId, named: 'id' as const };
    const key = JSON.stringify([judge, taskId]);
    const number = (places.get(key) ?? 0) + 1;
    places.set(key, number);
    const how = judge === null ? ('record' as const) : ('order' as const);
    return { ...common, candidateId: `#${number}`, named: how };
  }

  function answerOf(labelMass: number | null, cell: (field: JudgeField) => Cell): Answer | null {
    const label = cell('label');
    const probability = cell('probabilityCorrect');
    const scored = cell('score');
    if ([label, probability, scored].every(({ value }) => value === undefined)) return null;
    const probabilityCorrect = numberCell(probability, PROBABILITY);
    const score = numberCell(scored);
    const confidence = numberCell(cell('confidence'), PROBABILITY);
    if (label.value !== undefined) {
      const answer = { label: labelCell(label), byThreshold: false, probabilityCorrect, confidence, score };
      checkVerdict({ ...answer, labelMass }, label.place);
      return answer;
    }
    const by = probabilityCorrect ?? score;
    return {
      label: by === null ? null : by >= threshold ? 1 : 0,
      byThreshold: true,
      probabilityCorrect,
      confidence:
        confidence ??
        (probabilityCorrect === null ? null : Math.max(probabilityCorrect, 1 - probabilityCorrect)),
      score,
    };
  }

  function readSeveral(record: Cells, judges: readonly JudgeColumn[], at: Place): VerdictLine[] {
    const common = named(commonOf(record, at), null);
    const found = judges.map((entry) => ({
      ...entry,
      names: entry.judge === '*' ? starredColumns(record, entry.column) : [entry.judge],
    }));
    for (const { names, column } of found)
      if (names.length > 0 && column.includes('*')) unseen.delete(column);
    return [...new Set(found.flatMap(({ names }) => names))].flatMap((judge) => {
      const answer = answerOf(common.labelMass, (field) => {
        const [of, other] = found.filter((entry) => entry.field === field && entry.names.includes(judge));
        if (other !== undefined) throw twice(field, judge);
        const column = of === undefined ? field : of.column.split('*').join(judge);
        if (of === undefined) return { value: undefined, place: at.place, column };
        return { value: look(record, column), place: at.place, column };
      });
      return answer === null ? [] : [{ ...common, ...answer, judge }];
    });
  }

  function readOne(record: Cells, at: Place): VerdictLine {
    const common = commonOf(record, at);
    const cell = (field: VerdictField) => cellOf(record, field, at.place);
    const judge = textCell(cell('judge')) ?? (columns.fields.get('label') || null);
    if (judge === null) {
      throw expected(
        'the name of a judge',
        cell('judge'),
        `--map judge=COLUMN, or label:NAME=COLUMN for the labels of the judge NAME; ${listOf(record)}`,
      );
    }
    const answer = answerOf(common.labelMass, cell);
    if (answer === null) {
      throw expected('0, 1 or null', cell('label'), `--map label=COLUMN; ${listOf(record)}`);
    }
    return { ...named(common, judge), ...answer, judge };
  }

  return {
    read: (record, at) => {
      if (columns.judges.length > 0) return readSeveral(record, columns.judges, at);
      const isWide =
        record.judge === undefined &&
        !columns.fields.has('judge') &&
        !columns.fields.has('label') &&
        starredColumns(record, USUAL_RATINGS.column).length > 0;
      return isWide ? readSeveral(record, [USUAL_RATINGS], at) : [readOne(record, at)];
    },
    unseen: () => [...unseen],
  };
}

function twice(field: JudgeField, judge: string): CodejuryError {
  return new CodejuryError('usage', `--map: ${field}:${judge} has two columns`, {
    hint: 'each judge has one column for it, whether it is named or found by *',
  });
}

type Answer = Pick<VerdictLine, 'label' | 'byThreshold' | 'probabilityCorrect' | 'confidence' | 'score'>;

function listOf(record: Cells): string {
  return `columns are ${Object.keys(record).join(', ')}`;
}
