import type { TaskFacts } from '../../contracts/explorer-data.ts';
import type { Row } from './row.ts';
import { verdictKind } from './verdict-kind.ts';

export interface TaskGroup {
  readonly task: TaskFacts;
  readonly rows: readonly Row[];
  readonly passed: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

export const ORDERS = {
  study: 'As in the study',
  errors: 'Most errors of the judge first',
  passed: 'Fewest passed first',
  candidates: 'Most candidates first',
} as const;
export type Order = keyof typeof ORDERS;

/** Candidates by task with what they count, in the order asked for; equal ones as in the study. */
export function groupByTask(rows: readonly Row[], judge: number, order: Order): readonly TaskGroup[] {
  const groups = [...Map.groupBy(rows, ({ task }) => task)].map(([task, ofTask]): TaskGroup => {
    const kinds = ofTask.map((row) => verdictKind(row, judge));
    return {
      task,
      rows: ofTask,
      passed: ofTask.filter(({ truth }) => truth === 1).length,
      falsePositives: kinds.filter((kind) => kind === 'false-positive').length,
      falseNegatives: kinds.filter((kind) => kind === 'false-negative').length,
    };
  });
  const rank: Readonly<Record<Order, (group: TaskGroup) => number>> = {
    study: () => 0,
    errors: ({ falsePositives, falseNegatives }) => -(falsePositives + falseNegatives),
    passed: ({ passed }) => passed,
    candidates: (group) => -group.rows.length,
  };
  return groups.sort((left, right) => rank[order](left) - rank[order](right));
}
