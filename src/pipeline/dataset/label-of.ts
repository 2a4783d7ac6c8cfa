import type { TableRow } from '../../store/candidate-table.ts';
import { MUTANT } from './add-mutants.ts';

/** The label of a candidate, or why it has none. */
export type LabelOrReason =
  | { readonly label: 0 | 1 }
  | {
      readonly reason:
        | 'rejected'
        | 'reference fails'
        | 'sandbox error'
        | 'no label'
        | 'conflicting labels'
        | 'mutant passes';
    };

/**
 * What the tests said of a candidate; where they were not run here, what its samples came with. Labels of a task whose own
 * solution fails its tests deserve no trust, nor do labels that contradict each other. A mutant that passes may be right, or its
 * task's tests weak.
 *
 * @param firstAdded samples from this number on were added here, not read
 */
export function labelOf(
  row: TableRow,
  failedReferences: ReadonlySet<string>,
  firstAdded: number | null,
): LabelOrReason {
  const { passed, failed } = row.given;
  if (row.rejected !== null) return { reason: 'rejected' };
  if (failedReferences.has(row.taskId)) return { reason: 'reference fails' };
  if (row.outcome === 'sandbox-error') return { reason: 'sandbox error' };
  const wasAdded = firstAdded !== null && (row.samples[0] ?? 0) >= firstAdded;
  if (wasAdded && row.generator === MUTANT && row.outcome === 'passed') return { reason: 'mutant passes' };
  if (row.outcome !== null) return { label: row.outcome === 'passed' ? 1 : 0 };
  if (passed > 0 && failed > 0) return { reason: 'conflicting labels' };
  return passed + failed === 0 ? { reason: 'no label' } : { label: passed > 0 ? 1 : 0 };
}
