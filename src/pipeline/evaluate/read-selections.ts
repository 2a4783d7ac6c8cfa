import { basename } from 'node:path';
import { type Selection, selectionSchema } from '../../contracts/selection.ts';
import { CodejuryError } from '../../errors.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { Truth } from './read-truth.ts';

/** What one ranker chose in the draws of one size. */
export interface SelectedDraws {
  readonly name: string;
  readonly file: string;
  readonly ranker: string;
  readonly n: number;
  /** By task and repetition, whether what was chosen passes; null = it has no label. */
  readonly tasks: ReadonlyMap<string, ReadonlyMap<number, boolean | null>>;
  readonly empty: number;
  /** Choices whose label was found by nothing but the number of the sample. */
  readonly byNumber: number;
}

/**
 * The selections in a file that `codejury rank --out` wrote, by ranker and size of the draws, beside what the tests said.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line: what is no selection, two of one draw, no label at all.
 */
export async function readSelections(
  path: string,
  truth: Pick<Truth, 'of' | 'file'>,
): Promise<SelectedDraws[]> {
  const found = new Map<string, Growing>();
  for await (const { value, line } of readJsonRecords(path)) {
    const place = `${path}:${line}`;
    const selection = parseStrict(selectionSchema, value, place);
    const { ranker, n, taskId, repetition } = selection;
    const key = JSON.stringify([ranker, n]);
    const of = found.get(key) ?? {
      ...{ name: `${basename(path)}: ${ranker}, best of ${n}`, file: path, ranker, n, empty: 0, byNumber: 0 },
      ...{ tasks: new Map(), lines: new Map() },
    };
    found.set(key, of);
    const draw = JSON.stringify([taskId, repetition]);
    const before = of.lines.get(draw);
    if (before !== undefined) {
      throw new CodejuryError(
        'usage',
        `${place}: another choice of ${ranker} in repetition ${repetition} of ${taskId} than in line ${before}`,
        { hint: 'a file of selections has one line a draw; was it put together of several runs?' },
      );
    }
    of.lines.set(draw, line);
    const draws = of.tasks.get(taskId) ?? new Map<number, boolean | null>();
    of.tasks.set(taskId, draws);
    draws.set(repetition, passes(selection, of, truth, place));
  }
  if (found.size === 0) throw new CodejuryError('usage', `${path}: no selection in it`);
  return [...found.values()].map(({ lines: _, ...draws }) => requireLabels(draws, truth.file));
}

type Growing = {
  -readonly [Key in keyof SelectedDraws]: Key extends 'tasks'
    ? Map<string, Map<number, boolean | null>>
    : SelectedDraws[Key];
} & { readonly lines: Map<string, number> };

function passes(selection: Selection, of: Growing, truth: Pick<Truth, 'of'>, place: string): boolean | null {
  const { taskId, candidateId, sample: index } = selection;
  if (candidateId === null) {
    of.empty += 1;
    return false;
  }
  const known = truth.of({ taskId, candidateId, sampleId: null, index, place });
  if (known?.byNumber) of.byNumber += 1;
  return known === null ? null : known.label === 1;
}

function requireLabels(draws: SelectedDraws, labels: string): SelectedDraws {
  const isLabelled = draws.tasks.values().some((task) => task.values().every((passed) => passed !== null));
  if (isLabelled) return draws;
  throw new CodejuryError('usage', `${draws.name}: no task whose choices all have a label in ${labels}`, {
    hint: 'labels are what `codejury execute --out` wrote for the samples that were ranked, or the folder of a dataset',
  });
}
