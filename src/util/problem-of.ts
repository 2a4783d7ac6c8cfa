/** What a task is about: its problem, or the task itself where nothing else is known to be about the same. */
export function problemOf(task: { readonly id: string; readonly problem: string | null }): string {
  return task.problem ?? task.id;
}
