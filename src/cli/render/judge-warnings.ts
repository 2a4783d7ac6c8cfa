import type { JudgeRecord } from '../../contracts/judge-result.ts';
import { plural } from './table.ts';

/** One line for everything about the judges that a reader of their scores has to know. */
export function judgeWarnings(judges: readonly JudgeRecord[]): string[] {
  return judges.flatMap(({ name, valid, invalid, constant }) => [
    ...(constant
      ? [`warning: ${name} gives the same label to nearly every candidate; its verdicts say little`]
      : []),
    ...(invalid > 0
      ? [
          `warning: ${name} gave ${plural(invalid, 'invalid answer')} of ${valid + invalid} (label mass below 0.5)`,
        ]
      : []),
  ]);
}
