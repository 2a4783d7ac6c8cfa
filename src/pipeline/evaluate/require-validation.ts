import { CodejuryError } from '../../errors.ts';
import type { Truth } from './read-truth.ts';

/**
 * What is fitted to verdicts is fitted on validation tasks: judges are surer of what they were trained on than of anything else, and
 * what test tasks decided cannot be measured on them any more.
 *
 * @param what is fitted, for messages, e.g. `a judge calibrated`
 * @throws {CodejuryError} `usage` for another part of a dataset, and for all of one that has others.
 */
export function requireValidation(
  what: string,
  split: string | null,
  { file, splits }: Pick<Truth, 'file' | 'splits'>,
): void {
  const used = split === null ? splits : new Set([split]);
  const hint = 'take --split validation';
  if (split === 'test') {
    throw new CodejuryError('usage', `${what} on test tasks cannot be measured on them any more`, { hint });
  }
  if (split === 'train') {
    throw new CodejuryError(
      'usage',
      `${what} on training tasks says nothing about others: a judge is surer of what it was trained on`,
      { hint },
    );
  }
  const wrong = [...(used.has('train') ? ['training'] : []), ...(used.has('test') ? ['test'] : [])];
  if (wrong.length > 0) {
    throw new CodejuryError('usage', `${what} on all of ${file}: it has ${wrong.join(' and ')} tasks`, {
      hint,
    });
  }
}
