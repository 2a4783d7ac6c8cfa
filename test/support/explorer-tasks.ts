import type { Outcome } from '../../src/contracts/execution.ts';
import type { ExplorerCandidate, ExplorerTask } from '../../src/contracts/study-report.ts';

/** A candidate that ended so, with the labels of judges A and B: null = an invalid answer. */
export function explorerCandidate(
  id: string,
  outcome: Outcome | null,
  labels: readonly (0 | 1 | null)[] = [],
  more: Partial<ExplorerCandidate> = {},
): ExplorerCandidate {
  return {
    id,
    generator: 'small',
    code: `def f(x):\n    return "${id}"  # ${id}\n`,
    samples: 1,
    rejected: outcome === null ? 'incomplete' : null,
    outcome,
    feedback:
      outcome === 'failed'
        ? { kind: 'AssertionError', line: 2, message: 'differs', input: 'f(1)', expected: '1', actual: '2' }
        : null,
    verdicts: labels.map((label, index) => ({
      judge: 'AB'[index] ?? '',
      label,
      probabilityCorrect: label === null ? null : label === 1 ? 0.875 : 0.125,
    })),
    ...more,
  };
}

export function explorerTask(id: string, candidates: readonly ExplorerCandidate[]): ExplorerTask {
  return {
    id,
    language: 'python',
    description: `What ${id} does.`,
    signature: 'def f(x):',
    canonical: 'def f(x):\n    return 1\n',
    candidates,
  };
}

/** Three tasks: every kind of verdict, an unknown one, one that was not run, a candidate that two generators wrote. */
export function explorerTasks(): readonly ExplorerTask[] {
  return [
    explorerTask('python/one', [
      explorerCandidate('a1', 'passed', [1, 1]),
      explorerCandidate('a2', 'passed', [0, 1]),
      explorerCandidate('a3', 'failed', [1, 0]),
      explorerCandidate('a4', 'failed', [0, null]),
    ]),
    explorerTask('python/two', [
      explorerCandidate('b1', 'runtime-error', [1, 1], {
        code: '</script><img src="x" onerror="alert(1)"> # \u202e\n',
        feedback: { kind: 'ValueError', line: 1, message: 'no', input: null, expected: null, actual: null },
      }),
      explorerCandidate('b2', null),
      explorerCandidate('b3', 'sandbox-error', [1, 0]),
    ]),
    {
      ...explorerTask('java/three', [
        explorerCandidate('c1', 'timeout', [1, 0], { code: 'int f() { while (true); }' }),
        explorerCandidate('c1', 'timeout', [0, 0], { generator: 'big+1', code: 'int f() { while (true); }' }),
      ]),
      language: 'java',
      canonical: null,
    },
  ];
}
