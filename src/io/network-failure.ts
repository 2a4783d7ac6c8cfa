import { CodejuryError } from '../errors.ts';
import { errorCode } from './error-code.ts';

/** In words what kept a connection from being made or held; null for an error that is not the network's. */
export function networkFailure(error: unknown): string | null {
  const code = errorCode(error);
  if (code !== null && code in REASONS) return REASONS[code] ?? null;
  // undici reports every failed connection as a TypeError, and a broken body as one too.
  if (error instanceof TypeError) {
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
  return null;
}

/** True when the answer would be the same a moment later, so that trying again only costs time. */
export function isUnreachable(error: unknown): boolean {
  return ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'].includes(
    errorCode(error) ?? '',
  );
}

/** Ends one attempt because the server said nothing for too long. */
export class SilentServerError extends Error {
  readonly code = 'CODEJURY_SILENT';
}

/** `aborted` if the user's signal fired, whatever error that caused; else null. */
export function abortedBy(signal: AbortSignal | undefined): CodejuryError | null {
  return signal?.aborted ? new CodejuryError('aborted', 'interrupted', { cause: signal.reason }) : null;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'it broke the connection off',
  EPIPE: 'it broke the connection off',
  ENETUNREACH: 'there is no route to it',
  EHOSTUNREACH: 'there is no route to it',
  ETIMEDOUT: 'it does not answer',
  CODEJURY_SILENT: 'it stopped sending',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'it does not answer',
  UND_ERR_BODY_TIMEOUT: 'it stopped sending',
  UND_ERR_SOCKET: 'it broke the connection off',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed (see NODE_EXTRA_CA_CERTS)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified (see NODE_EXTRA_CA_CERTS)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate cannot be verified (see NODE_EXTRA_CA_CERTS)',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};
