import type { TableRow } from '../../store/candidate-table.ts';

/** The label of a candidate, or why it has none. */
export type LabelOrReason =
  | { readonly label: 0 | 1 }
  | { readonly reason: 'rejected' | 'reference fails' | 'sandbox error' | 'no label' | 'conflicting labels' };

/**
 * What the tests said of a candidate; where they were not run here, what its samples came with. Labels of a task whose own
 * solution fails its tests deserve no trust, nor do labels that contradict each other.
 */
export function labelOf(row: TableRow, failedReferences: ReadonlySet<string>): LabelOrReason {
  const { passed, failed } = row.given;
  if (row.rejected !== null) return { reason: 'rejected' };
  if (failedReferences.has(row.taskId)) return { reason: 'reference fails' };
  if (row.outcome === 'sandbox-error') return { reason: 'sandbox error' };
  if (row.outcome !== null) return { label: row.outcome === 'passed' ? 1 : 0 };
  if (passed > 0 && failed > 0) return { reason: 'conflicting labels' };
  return passed + failed === 0 ? { reason: 'no label' } : { label: passed > 0 ? 1 : 0 };
}
