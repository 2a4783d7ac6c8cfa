import { type Task, taskSchema } from '../../src/contracts/task.ts';
import { candidateOfCompletion } from '../../src/tasks/candidate-of-completion.ts';
import { recogniseFormat } from '../../src/tasks/formats/recognise-format.ts';

/** The task of one benchmark record, as if it were line 1 of `f.jsonl`. */
export async function taskOf(value: Record<string, unknown>): Promise<Task> {
  const place = 'f.jsonl:1';
  const format = recogniseFormat(value, place);
  const record = { value, text: JSON.stringify(value), line: 1 };
  return taskSchema.parse(
    await format.toTask(record, {
      place,
      file: 'f.jsonl',
      line: 1,
      projectFolder: null,
      filesBelow: async () => [],
    }),
  );
}

/** The whole program that decides about a completion. */
export function programOf(task: Task, completion: string): string {
  return `${task.tests?.before}${candidateOfCompletion(task, completion)}\n${task.tests?.after}`;
}

/** A prompt of HumanEval with a helper before the function to write. */
export const HUMANEVAL_PROMPT =
  'import math\n\n\ndef twice(x):\n    """ Two times. """\n    return 2 * x\n\n\ndef thrice(x: int) -> int:\n    """ Three times.\n    >>> thrice(2)\n    6\n    """\n';
