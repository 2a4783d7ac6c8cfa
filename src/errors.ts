/** Every expected fault has one of these codes; the CLI maps them to an exit status. */
export type ErrorCode =
  | 'usage' // wrong flag, wrong config, wrong input the user wrote
  | 'not-found' // a file, task, model or command that does not exist
  | 'model' // a model file is missing, truncated, of the wrong kind
  | 'digest-mismatch'
  | 'download'
  | 'disk-full'
  | 'context-length' // the prompt does not fit
  | 'capability' // the engine cannot do what was asked
  | 'engine' // the engine itself failed
  | 'server' // an HTTP server is down, slow, or answers nonsense
  | 'sandbox' // no working sandbox
  | 'gate' // nothing acceptable, quality bar missed
  | 'aborted';

/** What a CodejuryError carries besides its message. */
export interface CodejuryErrorOptions {
  readonly hint?: string;
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/**
 * An expected fault: something the user, the network or the disk did, told in terms of what to do next.
 * A bug stays a plain Error; a failing candidate is data and never an exception.
 */
export class CodejuryError extends Error {
  override readonly name = 'CodejuryError';
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: CodejuryErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? null;
    this.retryable = options.retryable ?? false;
  }
}

/**
 * Throws the `aborted` error if the signal fired. Call it between units of work that take no signal.
 *
 * @throws {CodejuryError} `aborted`, with the signal's reason as cause.
 */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  }
}
