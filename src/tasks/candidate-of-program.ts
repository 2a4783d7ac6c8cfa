import type { Task } from '../contracts/task.ts';

/**
 * The candidate in a whole program: what stands between the task's own beginning and its tests. Where the program begins
 * otherwise (another version of the comment above the function), at the function's header. Null when it does not end with
 * the task's tests or holds no such header.
 */
export function candidateOfProgram(task: Pick<Task, 'tests' | 'completion'>, program: string): string | null {
  const { before = '', after = '' } = task.tests ?? {};
  const text = program.trimEnd();
  const tests = after.trim();
  if (!text.endsWith(tests)) {
    return null;
  }
  // Exactly the line break that the program has between candidate and tests.
  const inner = text.slice(0, text.length - tests.length);
  const blanks = after.length - after.trimStart().length;
  const withoutTests = inner.slice(0, inner.length - blanks).replace(/\n$/, '');
  if (withoutTests.startsWith(before)) {
    return withoutTests.slice(before.length);
  }
  const [header = ''] = task.completion?.head.split('\n') ?? [];
  const start = header.trim() === '' ? -1 : withoutTests.lastIndexOf(header);
  return start < 0 ? null : withoutTests.slice(start);
}
