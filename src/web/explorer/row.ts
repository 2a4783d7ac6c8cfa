import type { CandidateFacts, ExplorerData, TaskFacts } from '../../contracts/explorer-data.ts';

/** A candidate in its task: what lists, filters and labels are about. */
export interface Row {
  /** GENERATOR/ID: one candidate may be written by two generators. */
  readonly key: string;
  readonly task: TaskFacts;
  readonly candidate: CandidateFacts;
  /** Among the candidates of its task. */
  readonly index: number;
  readonly generator: string;
  /** What the tests say: 1 right, 0 wrong; null where they did not say. */
  readonly truth: 0 | 1 | null;
}

/** All candidates in the order of the study. */
export function readRows({ tasks, generators }: Pick<ExplorerData, 'tasks' | 'generators'>): readonly Row[] {
  return tasks.flatMap((task) =>
    task.candidates.map((candidate, index) => {
      const generator = generators[candidate.generator] ?? '';
      return {
        key: `${generator}/${candidate.id}`,
        task,
        candidate,
        index,
        generator,
        truth: truthOf(candidate),
      };
    }),
  );
}

/** As `codejury evaluate` takes it: one that was rejected is wrong, a fault of the sandbox says nothing. */
function truthOf({ outcome, rejected }: CandidateFacts): 0 | 1 | null {
  if (outcome === 'passed') return 1;
  if (rejected !== null) return 0;
  return outcome === null || outcome === 'sandbox-error' ? null : 0;
}
