import { CodejuryError } from '../../errors.ts';
import type { LabelSource } from './collect-verdicts.ts';
import { readTruth, type Truth } from './read-truth.ts';
import type { VerdictLine } from './verdict-line.ts';

/** Labels to measure verdicts by. `size` and `unlabelled` are known once all verdicts were read. */
export type Labels = LabelSource & Omit<Truth, 'of'>;

/**
 * The labels of a file or dataset, or with null those that the lines of the verdicts have themselves, in `passed`.
 *
 * @param name of the files of verdicts, for messages
 * @throws {CodejuryError} as readTruth; `usage` for a split of what is no dataset.
 */
export async function openLabels(path: string | null, split: string | null, name: string): Promise<Labels> {
  if (path !== null) {
    const truth = await readTruth(path, split);
    return { ...truth, of: (line) => truth.of(requireNamed(line, path)) };
  }
  if (split !== null) {
    throw new CodejuryError('usage', '--split: of which dataset?', { hint: 'name its folder with --labels' });
  }
  return passedLabels(name);
}

/** What the lines say: `of` throws `usage` where one says nothing, or what another said otherwise. */
function passedLabels(file: string): Labels {
  const labels: (0 | 1 | undefined)[] = [];
  let size = 0;
  return {
    ...{ file, splits: new Set(), unlabelled: 0 },
    get size() {
      return size;
    },
    of: ({ taskId, candidateId, named, passed, place }, number) => {
      if (passed === null) {
        throw new CodejuryError(
          'usage',
          `${place}: passed: expected true or false, whether the candidate passes its tests, received nothing`,
          {
            hint: 'labels are in the column passed (--map passed=COLUMN), or in what --labels names: what `codejury execute --out` wrote, or a dataset',
          },
        );
      }
      const before = labels[number];
      if (before !== undefined && before !== passed) {
        throw new CodejuryError(
          'usage',
          `${place}: passed is ${passed === 1} for the candidate ${candidateId} of ${taskId}, and ${before === 1} in a line before`,
          {
            hint:
              named === 'order'
                ? 'without candidateId, verdicts of several judges must come in the same order of candidates'
                : 'a candidate passes all tests of its task or does not',
          },
        );
      }
      if (before === undefined) size += 1;
      labels[number] = passed;
      return { label: passed, tested: number, byNumber: false };
    },
  };
}

/** @throws {CodejuryError} `usage` for a verdict of which no label can be found. */
function requireNamed(line: VerdictLine, labels: string): VerdictLine {
  if (line.named === 'id' || line.index !== null || line.sampleId !== null) return line;
  throw new CodejuryError(
    'usage',
    `${line.place}: candidateId: expected the id that the candidate has in ${labels}, received nothing`,
    { hint: 'name its column with --map candidateId=COLUMN, or index, the number of the sample' },
  );
}
