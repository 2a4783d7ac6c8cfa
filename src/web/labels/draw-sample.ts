import { seededRandom } from '../../util/random.ts';
import { sampleSize } from '../../util/sample-size.ts';
import type { Row } from '../explorer/row.ts';
import { verdictKind } from '../explorer/verdict-kind.ts';
import type { SamplePlan } from './label-book.ts';

/** The errors of one judge, in the order of the study. */
export function errorsOf(rows: readonly Row[], judge: number, errors: SamplePlan['errors']): readonly Row[] {
  return rows.filter((row) => {
    const kind = verdictKind(row, judge);
    const isError = kind === 'false-positive' || kind === 'false-negative';
    return isError && (errors === 'both' || kind === errors);
  });
}

/**
 * Keys of errors drawn at random without replacement, as many as the plan's margin and confidence ask for: the same for the same study and
 * plan, whoever draws. None where the study has no judge of that name.
 */
export function drawSample(
  rows: readonly Row[],
  judges: readonly string[],
  plan: SamplePlan,
): ReadonlySet<string> {
  const judge = judges.indexOf(plan.judge);
  const keys = judge < 0 ? [] : errorsOf(rows, judge, plan.errors).map(({ key }) => key);
  const size = sampleSize(keys.length, plan.margin, plan.confidence);
  const random = seededRandom(plan.seed);
  for (let index = 0; index < size; index++) {
    const other = index + Math.floor(random() * (keys.length - index));
    [keys[index], keys[other]] = [keys[other] as string, keys[index] as string];
  }
  return new Set(keys.slice(0, size));
}
