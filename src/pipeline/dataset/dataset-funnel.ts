import type { FilterCount } from '../../contracts/data-card.ts';
import type { CandidateTable } from '../../store/candidate-table.ts';
import type { AddedMutants } from './add-mutants.ts';
import { type LabelledRows, OVER_CAP } from './labelled-rows.ts';

/** What is left of the tasks after each filter. */
export function taskFunnel(all: number, excluded: number, failed: number): FilterCount[] {
  return [
    { filter: 'read', unit: 'tasks', removed: 0, left: all },
    { filter: 'excluded by list', unit: 'tasks', removed: excluded, left: all - excluded },
    { filter: 'reference fails', unit: 'tasks', removed: failed, left: all - excluded - failed },
  ];
}

export interface CandidateFunnelOptions {
  readonly table: CandidateTable;
  /** Samples of excluded tasks. */
  readonly leftOut: number;
  readonly labelled: LabelledRows;
  /** Candidates of the dataset. */
  readonly candidates: number;
  readonly added: AddedMutants | null;
}

/** What is left of samples, then of candidates; mutants come in after equal samples were merged. */
export function candidateFunnel(options: CandidateFunnelOptions): FilterCount[] {
  const { table, leftOut, labelled, candidates, added } = options;
  const mutants = added === null ? 0 : added.made - added.left;
  const addedCount = mutants + (added?.canonicals ?? 0);
  let samples = table.samples - addedCount;
  const funnel: FilterCount[] = [
    { filter: 'read', unit: 'samples', removed: 0, left: samples + leftOut },
    { filter: 'of excluded tasks', unit: 'samples', removed: leftOut, left: samples },
  ];
  const reasons = [...labelled.removed].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [filter, count] of reasons.filter(([reason]) => reason.startsWith('rejected'))) {
    samples -= count;
    funnel.push({ filter, unit: 'samples', removed: count, left: samples });
  }
  const others = reasons
    .filter(([reason]) => !reason.startsWith('rejected'))
    // What was chosen comes after what was wrong.
    .sort(([a], [b]) => Number(a === OVER_CAP) - Number(b === OVER_CAP));
  let left = others.reduce((sum, [, count]) => sum + count, candidates);
  const read = left - addedCount;
  funnel.push({ filter: 'duplicates merged', unit: 'samples', removed: samples - read, left: read });
  if (added !== null) {
    funnel.push(
      { filter: 'made', unit: 'mutants', removed: 0, left: added.made },
      { filter: 'equal to another candidate', unit: 'mutants', removed: added.left, left: mutants },
      { filter: 'with mutants and own solutions', unit: 'candidates', removed: 0, left },
    );
  }
  for (const [filter, count] of others) {
    left -= count;
    funnel.push({ filter, unit: 'candidates', removed: count, left });
  }
  return funnel;
}
