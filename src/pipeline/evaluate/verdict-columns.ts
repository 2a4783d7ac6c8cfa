import { CodejuryError } from '../../errors.ts';
import { nearest } from '../../util/nearest.ts';

/** What is read of a verdict, and the columns looked for where nothing else is said, the first that is there. */
export const VERDICT_FIELDS = {
  taskId: ['taskId', 'task_id'],
  candidateId: ['candidateId', 'candidate_id'],
  judge: ['judge'],
  label: ['label'],
  probabilityCorrect: ['probabilityCorrect', 'probability_correct'],
  confidence: ['confidence'],
  score: ['score'],
  passed: ['passed'],
  labelMass: ['labelMass', 'label_mass'],
  rating: ['rating'],
  index: ['index'],
  sampleId: ['sampleId', 'sample_id'],
  rejected: ['rejected'],
  identity: ['identity'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type VerdictField = keyof typeof VERDICT_FIELDS;

/** What `judge --out` writes besides. Columns of other tools that are called so mean something else: with a mapping they have to be in it. */
export const OWN_FIELDS: ReadonlySet<VerdictField> = new Set([
  ...(['labelMass', 'rating', 'index', 'sampleId', 'rejected', 'identity'] as const),
]);

/** What several judges may have columns of their own for. */
const JUDGE_FIELDS = ['label', 'probabilityCorrect', 'confidence', 'score'] as const;
export type JudgeField = (typeof JUDGE_FIELDS)[number];

/** A column that is one judge's, or with `*` in both a column for each judge: what `*` stands for is its name. */
export interface JudgeColumn {
  readonly field: JudgeField;
  readonly judge: string;
  readonly column: string;
}

/** Which columns of a file say what. */
export interface VerdictColumns {
  /** Instead of the usual ones; an empty name = there is none. */
  readonly fields: ReadonlyMap<VerdictField, string>;
  /** Not empty: a record holds the verdicts of several judges. */
  readonly judges: readonly JudgeColumn[];
}

/** Files that are written as documented. */
export const USUAL_COLUMNS: VerdictColumns = { fields: new Map(), judges: [] };

/** Where nothing is mapped: an object `ratings` holds the labels of several judges. */
export const USUAL_RATINGS: JudgeColumn = { field: 'label', judge: '*', column: 'ratings.*' };

const HINT = 'expected FIELD=COLUMN, e.g. taskId=task_id, or for judges side by side label:NAME=COLUMN';

/**
 * What `--map` says: `FIELD=COLUMN`, several with commas between them, `FIELD=` where no column is to be looked at; `label:NAME=COLUMN` for a
 * column of one judge of several, and `label:*=PREFIX*` for a column a judge.
 *
 * @throws {CodejuryError} `usage`, naming what was written: no such field, a field mapped twice, `*` in one of the two alone.
 */
export function parseVerdictColumns(flags: readonly string[]): VerdictColumns {
  const fields = new Map<VerdictField, string>();
  const judges: JudgeColumn[] = [];
  // A comma may be in the name of a column: it ends a pair only where another begins.
  const pairs = flags.flatMap((flag) => flag.split(/,(?=\s*[A-Za-z_]+(?::[^=,]*)?=)/));
  for (const pair of pairs) {
    const [, name = '', judge, column = ''] = /^\s*([^:=]+)(?::([^=]+))?=(.*)$/s.exec(pair) ?? [];
    const field = fieldOf(name, pair);
    if (judge === undefined) {
      if (fields.has(field))
        throw new CodejuryError('usage', `--map: ${field} has two columns`, { hint: HINT });
      fields.set(field, column);
      continue;
    }
    judges.push(judgeColumn(field, judge, column));
  }
  const both = (['judge', ...JUDGE_FIELDS] as const).find((field) => fields.has(field));
  if (judges.length > 0 && both !== undefined) {
    throw new CodejuryError(
      'usage',
      `--map: ${both} has a column for all judges, and judges have columns of their own`,
      {
        hint: 'one verdict a line (judge=COLUMN,label=COLUMN), or several judges side by side (label:NAME=COLUMN)',
      },
    );
  }
  return { fields, judges };
}

function fieldOf(name: string, pair: string): VerdictField {
  const known = Object.keys(VERDICT_FIELDS) as VerdictField[];
  const field = known.find(
    (one) => one === name || (VERDICT_FIELDS[one] as readonly string[]).includes(name),
  );
  if (field !== undefined) return field;
  const meant = nearest(name, known);
  throw new CodejuryError(
    'usage',
    name === ''
      ? `--map: expected FIELD=COLUMN, received ${JSON.stringify(pair)}`
      : `--map: no field "${name}"`,
    { hint: meant === null ? `${HINT}; fields are ${known.join(', ')}` : `did you mean "${meant}"?` },
  );
}

function judgeColumn(field: VerdictField, judge: string, column: string): JudgeColumn {
  const own = JUDGE_FIELDS.find((one) => one === field);
  if (own === undefined) {
    throw new CodejuryError('usage', `--map: ${field}:${judge}: all judges share the column ${field}`, {
      hint: `judges have columns of their own for ${JUDGE_FIELDS.join(', ')}`,
    });
  }
  if (column === '') {
    throw new CodejuryError('usage', `--map: ${field}:${judge}: expected the name of a column`, {
      hint: HINT,
    });
  }
  const stars = [judge, column].map((text) => text.split('*').length - 1);
  if (stars[0] !== stars[1] || (stars[0] === 1 && judge !== '*') || (stars[0] as number) > 1) {
    throw new CodejuryError(
      'usage',
      `--map: ${field}:${judge}=${column}: expected one * on both sides, or none`,
      {
        hint: 'label:*=rating_* takes each column that begins with rating_ for the labels of the judge that the rest names',
      },
    );
  }
  return { field: own, judge, column };
}
