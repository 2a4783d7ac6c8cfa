import { CodejuryError, type CodejuryErrorOptions, type ErrorCode } from '../../errors.ts';

/** What is known of a failed exchange beyond the error shown to people. */
export interface ServerFaultDetails {
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** What the server said, redacted; empty when it said nothing. */
  readonly said: string;
  /** How long the server asks to wait; null when it does not say. */
  readonly retryAfterMs: number | null;
  /** The server does not know the model. */
  readonly missingModel: boolean;
}

/** The CodejuryError of a failed exchange with a server. Nothing in it, its cause included, holds a secret. */
export class ServerFault extends CodejuryError {
  readonly details: ServerFaultDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: CodejuryErrorOptions,
    details: Partial<ServerFaultDetails> = {},
  ) {
    super(code, message, options);
    this.details = { status: null, said: '', retryAfterMs: null, missingModel: false, ...details };
  }
}
