import { CodejuryError } from '../../errors.ts';
import { findSampleFormat } from '../samples/find-sample-format.ts';
import { coderEvalFormat } from './coder-eval.ts';
import { datasetFormat } from './dataset-format.ts';
import { evalplusFormat } from './evalplus.ts';
import { humanevalFormat } from './humaneval.ts';
import { humanevalXFormat } from './humaneval-x.ts';
import { coderEvalResultsFormat, labelledCandidatesFormat } from './labelled-candidates.ts';
import { mbppFormat } from './mbpp.ts';
import { mbxpFormat } from './mbxp.ts';
import { multiplEFormat } from './multipl-e.ts';
import { ownFormat } from './own-format.ts';
import type { TaskFormat } from './task-format.ts';
import { writtenSolutionsFormat } from './written-solutions.ts';

/** The first whose fields a record has is its format, so those with more fields come before those with fewer. */
const FORMATS: readonly TaskFormat[] = [
  labelledCandidatesFormat,
  coderEvalResultsFormat,
  writtenSolutionsFormat,
  ownFormat,
  datasetFormat,
  evalplusFormat,
  multiplEFormat,
  humanevalXFormat,
  mbxpFormat,
  humanevalFormat,
  mbppFormat,
  coderEvalFormat,
];

/**
 * The format of a file of tasks, told by the fields of its first record.
 *
 * @throws {CodejuryError} `usage` naming the format that comes nearest and the fields it lacks, or that these are samples.
 */
export function recogniseFormat(record: Readonly<Record<string, unknown>>, place: string): TaskFormat {
  const found = FORMATS.find(({ fields }) => fields.every((field) => field in record));
  if (found !== undefined) {
    return found;
  }
  const [nearest] = FORMATS.map((format) => ({
    format,
    missing: format.fields.filter((field) => !(field in record)),
  })).toSorted(
    (a, b) => a.missing.length / a.format.fields.length - b.missing.length / b.format.fields.length,
  );
  const samples = findSampleFormat(record);
  if (samples !== null) {
    throw new CodejuryError('usage', `${place}: expected tasks, received samples (${samples.name})`, {
      hint: 'samples go with --samples; the tasks they are for are in another file',
    });
  }
  const received = Object.keys(record).slice(0, 12).join(', ');
  const isNear = nearest !== undefined && nearest.missing.length < nearest.format.fields.length;
  throw new CodejuryError(
    'usage',
    isNear
      ? `${place}: not a known task format; nearest is ${nearest.format.name}, which also has ${nearest.missing.join(', ')}; received the fields ${received}`
      : `${place}: not a known task format; received ${received === '' ? 'no fields' : `the fields ${received}`}`,
    { hint: `known formats: ${FORMATS.map(({ name }) => name).join(', ')}` },
  );
}
