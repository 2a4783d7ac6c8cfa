/** Lets many pass at once, or one alone. */
export interface Turnstile {
  /** Runs `work` beside others; waits while somebody runs alone or waits to. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` once everybody inside has left; nobody enters before it ends. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** A fair one: those who wait enter in the order they came. */
export function createTurnstile(): Turnstile {
  const waiting: { readonly alone: boolean; readonly enter: () => void }[] = [];
  let inside = 0;
  let taken = false;

  const admit = () => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (taken || (next.alone && inside > 0)) return;
      waiting.shift();
      inside += 1;
      taken = next.alone;
      next.enter();
    }
  };
  const pass = async <T>(alone: boolean, work: () => Promise<T>): Promise<T> => {
    await new Promise<void>((enter) => {
      waiting.push({ alone, enter });
      admit();
    });
    try {
      return await work();
    } finally {
      inside -= 1;
      if (alone) taken = false;
      admit();
    }
  };
  return { shared: (work) => pass(false, work), alone: (work) => pass(true, work) };
}
