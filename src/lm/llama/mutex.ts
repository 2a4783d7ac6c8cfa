/** Runs one task at a time, in the order they came. */
export type Mutex = <T>(task: () => Promise<T>) => Promise<T>;

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    // The next task waits for this one whether it succeeds or fails; the failure goes to whoever asked for it.
    last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
}
