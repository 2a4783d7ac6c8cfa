/** The system's code (`ENOENT`, `ENOSPC`, …) of an error or of the causes it wraps; null when there is none. */
export function errorCode(error: unknown): string | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 8; depth++) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    // A failed connection to a name with several addresses wraps one error for each of them.
    if (current instanceof AggregateError && current.errors.length > 0) return errorCode(current.errors[0]);
    current = current.cause;
  }
  return null;
}
