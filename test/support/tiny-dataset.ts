import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../src/contracts/execution.ts';

export interface TinyDatasetOptions {
  /** Tasks of each split; default 4 and 2. Each has two correct and two wrong candidates. */
  readonly train?: number;
  readonly validation?: number;
  /** Null: labels that were given. */
  readonly wrongOutcome?: Outcome | null;
  /** Leave out candidates of this label. */
  readonly without?: 0 | 1;
}

/** Writes a dataset folder as `dataset build` does, with short texts, for models of a few hundred tokens. */
export function writeTinyDataset(folder: string, options: TinyDatasetOptions = {}): string {
  const { train = 4, validation = 2, wrongOutcome = 'failed', without } = options;
  const splits = [
    ...Array.from({ length: train }, () => 'train'),
    ...Array.from({ length: validation }, () => 'validation'),
    'test',
  ];
  const tasks = splits.map((split, index) => ({ split, task: tinyTask(index) }));
  const candidates = tasks.flatMap(({ split, task }, index) =>
    [1, 1, 0, 0].flatMap((label, copy) =>
      label === without
        ? []
        : [
            {
              taskId: task.id,
              split,
              candidateId: `${task.id}#${copy}`,
              code: `def f(a):\n    return a ${label === 1 ? '+' : '-'} ${index}${copy % 2 === 0 ? '' : ' '}`,
              label,
              outcome: wrongOutcome === null ? null : label === 1 ? 'passed' : wrongOutcome,
              feedback: null,
              samples: 1,
              generator: null,
            },
          ],
    ),
  );
  const solutions = tasks
    .filter(({ split }) => split === 'train')
    .map(({ task }, index) => ({
      prompt: `Write f: ${task.description}`,
      completion: `def f(a):\n    return a + ${index}`,
      taskId: task.id,
      candidateId: `${task.id}#c`,
    }));
  mkdirSync(folder, { recursive: true });
  const write = (name: string, records: readonly object[]) =>
    writeFileSync(join(folder, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  write('tasks.jsonl', tasks);
  write('candidates.jsonl', candidates);
  write('generator.train.jsonl', solutions);
  writeFileSync(join(folder, 'data-card.json'), '{}\n');
  return folder;
}

function tinyTask(index: number) {
  return {
    id: `tiny/${index}`,
    benchmark: 'tiny',
    language: 'python',
    description: `Add ${index}.`,
    signature: 'def f(a):',
    prompt: null,
    completion: null,
    entryPoint: 'f',
    tests: null,
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
  };
}
