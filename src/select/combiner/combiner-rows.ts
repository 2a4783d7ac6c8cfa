/** Candidates to fit on: inputs, whether they are right, and whose task they are of. */
export interface CombinerRow {
  readonly taskId: string;
  readonly inputs: readonly number[];
  readonly target: 0 | 1;
}
