import type { JudgeRecord } from '../../contracts/judge-result.ts';
import { plural } from './table.ts';

/** What makes an answer invalid where it is not the label mass. */
const WHY_INVALID: Partial<Record<JudgeRecord['method'], string>> = {
  'auto-cot': 'no Yes or No',
  'slow-thinking': 'no Yes or No',
  'ice-score': 'no score from 0 to 4',
  'fault-list': 'no list of faults',
};

/** One line for everything about the judges that a reader of their scores has to know. */
export function judgeWarnings(judges: readonly JudgeRecord[]): string[] {
  return judges.flatMap(({ name, method, valid, invalid, constant }) => [
    ...(constant
      ? [`warning: ${name} gives the same label to nearly every candidate; its verdicts say little`]
      : []),
    ...(invalid > 0
      ? [
          `warning: ${name} gave ${plural(invalid, 'invalid answer')} of ${valid + invalid} (${WHY_INVALID[method] ?? 'label mass below 0.5'})`,
        ]
      : []),
  ]);
}
