import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { type RowRules, type TextRow, trainingRows } from '../../train/judge-rows.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { parseStrict } from '../../util/parse-strict.ts';

const pairSchema = z.object({
  description: z.string().min(1),
  signature: z.string().default(''),
  before: z.string().min(1),
  after: z.string().min(1),
});

/**
 * Rows of the first stage: code before a fix is wrong, code after it is right.
 *
 * @throws {CodejuryError} `usage` for a file without pairs, a line that is none, or an objective whose classes fixes do not tell.
 */
export async function fixPairRows(file: string, rules: RowRules): Promise<readonly TextRow[]> {
  if (rules.objective !== 'verdict' && rules.objective !== 'verdict+feedback') {
    throw new CodejuryError('usage', `--fix-pairs: the objective ${rules.objective} has no use for them`, {
      hint: 'a fix shows what is right and wrong, not why: use it with verdict or verdict+feedback',
    });
  }
  const rows: TextRow[] = [];
  for await (const { value, line } of readJsonRecords(file)) {
    const { before, after, ...text } = parseStrict(pairSchema, value, `${file}:${line}`);
    const task = { id: `fix-pair/${line}`, ...text };
    for (const [code, label] of [[before, 0] as const, [after, 1] as const]) {
      const candidate = { candidateId: candidateId(task.id, code), code, label };
      rows.push(
        ...trainingRows(task, { ...candidate, outcome: null, feedback: null, feedbackText: null }, rules),
      );
    }
  }
  if (rows.length === 0) throw new CodejuryError('usage', `--fix-pairs: ${file} has no pairs`);
  return rows;
}
