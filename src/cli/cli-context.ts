/** What every command gets from the process. */
export interface CliContext {
  readonly signal: AbortSignal;
  /** Exit status of a command that ended without an error. */
  readonly setStatus: (status: number) => void;
}
