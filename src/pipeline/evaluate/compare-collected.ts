import { setImmediate } from 'node:timers/promises';
import { type Comparison, PERMUTATIONS } from '../../contracts/comparison.ts';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import { adjustPValues } from '../../evaluate/adjust-p-values.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { compareJudges, type PairedLabels } from '../../evaluate/compare-judges.ts';
import { NO_LABEL } from '../../evaluate/tested-table.ts';
import { nearest } from '../../util/nearest.ts';
import type { Collected } from './collected.ts';

type Unadjusted = Omit<Comparison, 'adjusted'>;

/**
 * Each pair of the judges named, in their order; none named = all pairs, one = it with each other.
 *
 * @throws {CodejuryError} `usage` for a judge that gave no verdicts, and where there is nothing to compare; `aborted`.
 */
export async function compareCollected(
  judges: ReadonlyMap<string, Collected>,
  named: readonly string[],
  { signal, onProgress, ...options }: CompareCollectedOptions,
): Promise<Comparison[]> {
  const found: Unadjusted[] = [];
  for (const [first, second] of pairsOf([...judges.keys()], named)) {
    onProgress?.(`comparing ${first} with ${second}`);
    // So that an interruption is heard of between pairs.
    await setImmediate();
    throwIfAborted(signal);
    found.push(compareTwo(first, second, judges, options));
  }
  return adjustComparisons(found);
}

export interface CompareCollectedOptions extends BootstrapOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/** The comparisons with p-values adjusted over all of them. */
export function adjustComparisons(found: readonly Unadjusted[]): Comparison[] {
  const pValues = adjustPValues(found.map(({ pValue }) => pValue));
  const exact = adjustPValues(found.map(({ mcnemar }) => mcnemar.pValue));
  return found.map((comparison, i) => ({
    ...comparison,
    adjusted: { pValue: pValues[i] ?? null, mcnemar: exact[i] ?? 1 },
  }));
}

function pairsOf(judges: readonly string[], named: readonly string[]): [string, string][] {
  const unknown = named.find((name) => !judges.includes(name));
  if (unknown !== undefined) {
    const meant = nearest(unknown, judges);
    throw new CodejuryError('usage', `--compare: no verdict is of a judge "${unknown}"`, {
      hint: meant === null ? `there are verdicts of ${judges.join(', ')}` : `did you mean "${meant}"?`,
    });
  }
  const [only, ...more] = named.length === 0 ? judges : [...new Set(named)];
  const pairs: [string, string][] =
    only !== undefined && more.length === 0
      ? judges.filter((judge) => judge !== only).map((other) => [only, other])
      : allPairs(only === undefined ? [] : [only, ...more]);
  if (pairs.length === 0) {
    throw new CodejuryError(
      'usage',
      `--compare: there are verdicts of one judge only, ${judges.join(', ')}`,
      {
        hint: 'name the files of several judges: codejury evaluate a.jsonl b.jsonl --compare',
      },
    );
  }
  return pairs;
}

/** Each two, in their order. */
export function allPairs<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((first, i) => items.slice(i + 1).map((second): [Item, Item] => [first, second]));
}

function compareTwo(
  first: string,
  second: string,
  judges: ReadonlyMap<string, Collected>,
  options: BootstrapOptions,
): Unadjusted {
  const [a, b] = [judges.get(first), judges.get(second)];
  if (a === undefined || b === undefined) throw new Error(`no verdicts of ${first} or ${second}`);
  const pairs = pairedLabels(a, b);
  const valid = [a, b].map(({ table }) => table.label.filter((label) => label !== NO_LABEL).length);
  const silent = [first, second].filter((_, i) => valid[i] === 0);
  if (silent.length > 0) {
    throw new CodejuryError('usage', `--compare: no valid answer of ${silent.join(' and ')}`, {
      hint: 'name the judges to compare: --compare NAME OTHER',
    });
  }
  if (pairs.length === 0) {
    throw new CodejuryError(
      'usage',
      `${first} and ${second}: no candidate that both gave a valid answer about`,
      {
        hint: 'verdicts to compare must be about the same tasks and candidates, with the same candidateId',
      },
    );
  }
  return {
    ...{ first, second, n: null },
    leftOut: (valid[0] as number) + (valid[1] as number) - 2 * pairs.length,
    ...compareJudges(pairs, { ...options, permutations: PERMUTATIONS }),
  };
}

function pairedLabels(a: Collected, b: Collected): PairedLabels[] {
  const rowOfB = new Map<number, number>();
  for (const [row, candidate] of b.candidates.entries()) rowOfB.set(candidate, row);
  const pairs: PairedLabels[] = [];
  for (const [row, candidate] of a.candidates.entries()) {
    const first = a.table.label[row] as 0 | 1 | typeof NO_LABEL;
    const second = b.table.label[rowOfB.get(candidate) ?? -1] as typeof first | undefined;
    if (first === NO_LABEL || second === undefined || second === NO_LABEL) continue;
    const taskId = a.table.taskIds[a.table.task[row] as number] as string;
    pairs.push({ taskId, truth: a.table.truth[row] as 0 | 1, first, second });
  }
  return pairs;
}
