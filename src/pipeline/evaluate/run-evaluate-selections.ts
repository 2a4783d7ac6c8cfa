import { setImmediate } from 'node:timers/promises';
import { PERMUTATIONS } from '../../contracts/comparison.ts';
import type { SelectionMeasure, SelectionsResult } from '../../contracts/selection-evaluation.ts';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import { bootstrapMean } from '../../evaluate/bootstrap-mean.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { compareOutcomes, type TaskOutcomes } from '../../evaluate/compare-outcomes.ts';
import { adjustComparisons, allPairs } from './compare-collected.ts';
import { readSelections, type SelectedDraws } from './read-selections.ts';
import { byNumberNotice, readTruth } from './read-truth.ts';

export interface RunEvaluateSelectionsOptions extends BootstrapOptions {
  /** What `codejury rank --out` wrote. */
  readonly selections: string;
  /** Other such files to compare it with; empty = the rankers of the one file with one another; null = compare nothing. */
  readonly compare: readonly string[] | null;
  /** What `execute` wrote for the samples, or the folder of a dataset. */
  readonly labels: string;
  readonly split: string | null;
  readonly signal: AbortSignal;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/**
 * Measures what rankers chose, pass@1 of each, and compares rankers draw by draw: those of the first file with those of the others.
 *
 * @throws {CodejuryError} as readTruth and readSelections; `usage` where there is nothing to compare; `aborted`.
 */
export async function runEvaluateSelections(
  options: RunEvaluateSelectionsOptions,
): Promise<SelectionsResult> {
  const { compare, labels, split, resamples, seed, signal, onProgress } = options;
  onProgress?.('reading the labels');
  const truth = await readTruth(labels, split);
  const files: SelectedDraws[][] = [];
  for (const path of [options.selections, ...(compare ?? [])]) {
    onProgress?.(`reading ${path}`);
    files.push(await readSelections(path, truth));
  }
  const [own = [], ...others] = files;
  const pairs =
    compare === null ? [] : others.length === 0 ? pairsWithin(own) : pairsBetween(own, others.flat());
  if (compare !== null && pairs.length === 0) {
    throw new CodejuryError('usage', `${options.selections}: only one ranker in it, nothing to compare`, {
      hint: 'name another file of selections: --compare other.jsonl',
    });
  }
  const all = files.flat();
  const comparisons = [];
  for (const [first, second] of pairs) {
    onProgress?.(`comparing ${first.name} with ${second.name}`);
    // So that an interruption is heard of between pairs.
    await setImmediate();
    throwIfAborted(signal);
    comparisons.push(compareTwo(first, second, { resamples, seed }));
  }
  const byNumber = all.reduce((sum, draws) => sum + draws.byNumber, 0);
  const measured = all.map((draws) => measure(draws, { resamples, seed }));
  return {
    ...{ labels, resamples, seed },
    selections: measured,
    comparisons: adjustComparisons(comparisons),
    notices: [
      ...measured
        .filter(({ unlabelledTasks }) => unlabelledTasks > 0)
        .map(
          ({ name, unlabelledTasks }) =>
            `${name}: tasks left out, a choice without a label: ${unlabelledTasks}`,
        ),
      ...(byNumber === 0 ? [] : [byNumberNotice(byNumber, 'choices')]),
    ],
  };
}

function measure(draws: SelectedDraws, options: BootstrapOptions): SelectionMeasure {
  const tasks = labelledTasks(draws);
  const means = [...tasks].map(
    ([id, task]) => [id, [...task.values()].filter(Boolean).length / task.size] as const,
  );
  const { name, file, ranker, n, empty } = draws;
  return {
    ...{ name, file, ranker, n, empty },
    tasks: tasks.size,
    draws: tasks.values().reduce((sum, task) => sum + task.size, 0),
    unlabelledTasks: draws.tasks.size - tasks.size,
    passAt1: bootstrapMean(new Map(means), options),
  };
}

/** Those of which every choice has a label: what is unknown is not a failure. */
function labelledTasks({ tasks }: SelectedDraws): Map<string, ReadonlyMap<number, boolean | null>> {
  return new Map([...tasks].filter(([, task]) => task.values().every((passed) => passed !== null)));
}

function pairsWithin(own: readonly SelectedDraws[]): [SelectedDraws, SelectedDraws][] {
  return allPairs(own).filter(([first, second]) => first.n === second.n);
}

/** Draws of one size, where there are such, and rankers of one name, where there are such; else each with each. */
function pairsBetween(
  own: readonly SelectedDraws[],
  others: readonly SelectedDraws[],
): [SelectedDraws, SelectedDraws][] {
  const all = own.flatMap((first) => others.map((second): [SelectedDraws, SelectedDraws] => [first, second]));
  const ofSize = all.filter(([first, second]) => first.n === second.n);
  const comparable = ofSize.length === 0 ? all : ofSize;
  const ofName = comparable.filter(([first, second]) => first.ranker === second.ranker);
  return ofName.length === 0 ? comparable : ofName;
}

function compareTwo(first: SelectedDraws, second: SelectedDraws, options: BootstrapOptions) {
  const outcomes = new Map<string, TaskOutcomes>();
  const [firstTasks, secondTasks] = [labelledTasks(first), labelledTasks(second)];
  let [paired, draws] = [0, 0];
  for (const task of [...firstTasks.values(), ...secondTasks.values()]) draws += task.size;
  for (const [id, task] of firstTasks) {
    const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
    for (const [repetition, passed] of task) {
      const other = secondTasks.get(id)?.get(repetition);
      if (other === undefined) continue;
      paired += 1;
      counts[passed ? (other ? 'both' : 'onlyFirst') : other ? 'onlySecond' : 'neither'] += 1;
    }
    outcomes.set(id, counts);
  }
  if (paired === 0) {
    throw new CodejuryError('usage', `${first.name} and ${second.name}: no draw that both chose in`, {
      hint: 'selections to compare must be of the same tasks and repetitions',
    });
  }
  return {
    ...{
      first: first.name,
      second: second.name,
      n: { first: first.n, second: second.n },
      kappaDifference: null,
    },
    leftOut: draws - 2 * paired,
    ...compareOutcomes(outcomes, { ...options, permutations: PERMUTATIONS, weight: 'task' }),
  };
}
