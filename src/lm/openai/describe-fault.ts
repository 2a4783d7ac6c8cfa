import { asNumber, asString, at } from './json-access.ts';
import { ServerFault } from './server-fault.ts';

export interface FaultContext {
  readonly baseUrl: string;
  readonly path: string;
  readonly apiKeyEnv: string;
  readonly hasKey: boolean;
  readonly redact: (text: string) => string;
  /** True once this server has answered anything: a refused connection then means a restart, not a wrong address. */
  readonly hasAnswered: boolean;
}

const CONTEXT_LENGTH =
  /context[_ ](length|size|window)|exceed_context|maximum context|too many tokens|prompt is too long|input is too long/i;
const MISSING_MODEL =
  /model.{0,200}(not found|not exist|does not exist|not loaded|no such)|(unknown|invalid|no such) model/i;
/** Some servers answer a refused field with status 500; asking again cannot help. */
const VALIDATION = /validation error|not supported|unsupported/i;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS/;

/**
 * Turns whatever the SDK or fetch threw into a fault that says what happened, where, and what to do. An APIError is told
 * by its `status`, so that the SDK needs no import here.
 */
export function describeFault(error: unknown, context: FaultContext): ServerFault {
  if (error instanceof ServerFault) {
    return error;
  }
  const status = asNumber(at(error, 'status')) ?? statusInStream(error);
  return status === null ? describeConnectionFault(error, context) : describeStatus(error, status, context);
}

/** Errors inside a stream have no HTTP status of their own; llama.cpp and vLLM send one as `code`. */
function statusInStream(error: unknown): number | null {
  const code = Number(at(error, 'error', 'code'));
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : null;
}

function describeStatus(error: unknown, status: number, context: FaultContext): ServerFault {
  const said = context.redact(asString(at(error, 'error', 'message')) ?? messageOf(error));
  const code = `${asString(at(error, 'code')) ?? ''} ${asString(at(error, 'type')) ?? ''}`;
  const where = `${context.baseUrl}${context.path}`;
  const cause = redactedCause(error, context);
  const base = { status, said };
  if (status === 401 || status === 403) {
    const hint = context.hasKey
      ? `is the key in ${context.apiKeyEnv} the one for this server?`
      : `set ${context.apiKeyEnv} to the key of this server`;
    return new ServerFault('server', `${where} refused the key (${status}): ${said}`, { hint, cause }, base);
  }
  if (status < 500 && (CONTEXT_LENGTH.test(said) || CONTEXT_LENGTH.test(code))) {
    const hint = 'shorten the prompt, ask for fewer tokens, or start the server with a larger context';
    return new ServerFault('context-length', `the prompt does not fit: ${said}`, { hint, cause }, base);
  }
  if (/model_not_found/.test(code) || ((status === 404 || status === 400) && MISSING_MODEL.test(said))) {
    return new ServerFault(
      'not-found',
      `${context.baseUrl} does not offer this model: ${said}`,
      { cause },
      { ...base, missingModel: true },
    );
  }
  if (status === 404 || status === 405) {
    const hint = /\/v\d+$/.test(context.baseUrl)
      ? 'this server does not have that part of the API'
      : `most servers answer below /v1: try ${context.baseUrl}/v1`;
    return new ServerFault(
      'server',
      `${where} does not exist (${status})${tail(said)}`,
      { hint, cause },
      base,
    );
  }
  const retryable =
    (status === 408 || status === 409 || status === 429 || status >= 500) &&
    !VALIDATION.test(said) &&
    !/insufficient_quota/.test(code);
  return new ServerFault(
    'server',
    `${where} answered ${status}${tail(said)}`,
    { retryable, cause, ...hintFor(status) },
    { ...base, retryAfterMs: retryAfterMs(error) },
  );
}

function hintFor(status: number): { hint?: string } {
  if (status === 429) {
    return { hint: 'the server limits requests: lower concurrency, or try again later' };
  }
  return status >= 500 ? { hint: "look into the server's log" } : {};
}

function describeConnectionFault(error: unknown, context: FaultContext): ServerFault {
  const code = connectionCode(error);
  const cause = redactedCause(error, context);
  const { baseUrl } = context;
  if (code === 'ECONNREFUSED') {
    const hint = `nothing listens at ${baseUrl}: start the server there, or correct the address`;
    return new ServerFault('server', `cannot reach ${baseUrl}: connection refused`, {
      hint,
      cause,
      retryable: context.hasAnswered,
    });
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const hint = 'check the host name and your network';
    return new ServerFault('server', `cannot reach ${baseUrl}: no such host`, {
      hint,
      cause,
      retryable: context.hasAnswered,
    });
  }
  if (CERTIFICATE.test(code)) {
    const hint = 'NODE_EXTRA_CA_CERTS names a file with further trusted certificates';
    return new ServerFault('server', `${baseUrl}: certificate not accepted (${code})`, { hint, cause });
  }
  const said = cause.message;
  if (said === 'bad port') {
    const hint = 'browsers and fetch keep off the ports of other protocols: let the server use another one';
    return new ServerFault('server', `cannot reach ${baseUrl}: bad port`, { hint, cause });
  }
  return new ServerFault('server', `the exchange with ${baseUrl}${context.path} broke off: ${said}`, {
    hint: "look into the server's log",
    cause,
    retryable: true,
  });
}

/** fetch hides the system error at the end of its chain of causes; for `localhost` in an AggregateError. */
function connectionCode(error: unknown): string {
  const code = asString(at(error, 'code')) ?? asString(at(error, 'errors', 0, 'code'));
  const cause = at(error, 'cause');
  return code ?? (cause === undefined || cause === null ? '' : connectionCode(cause));
}

/** In ms; the header counts seconds or names a date. Null when absent, unreadable or past. */
function retryAfterMs(error: unknown): number | null {
  const headers = at(error, 'headers');
  const header = headers instanceof Headers ? headers.get('retry-after') : null;
  if (header === null || header.trim() === '') {
    return null;
  }
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}

/** A new error with the innermost message: the SDK's own holds headers and texts that may repeat the key. */
function redactedCause(error: unknown, context: FaultContext): Error {
  const inner = at(error, 'cause');
  return inner instanceof Error ? redactedCause(inner, context) : new Error(context.redact(messageOf(error)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

function tail(said: string): string {
  return said === '' ? '' : `: ${said}`;
}
