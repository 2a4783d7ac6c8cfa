import type { OpenAI } from 'openai';
import pLimit from 'p-limit';
import { describeFault } from './describe-fault.ts';
import { describePage, errorMessageOf, isHtml } from './error-message-of.ts';
import type { ResolvedOptions } from './openai-options.ts';
import { createRedactor } from './redact-secrets.ts';
import { ServerFault } from './server-fault.ts';
import { unlessAborted } from './unless-aborted.ts';
import { withDeadline } from './with-deadline.ts';
import { withRetries } from './with-retries.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface StreamHandlers {
  /** Called at the beginning of each attempt: forget what an earlier one brought. */
  readonly onStart: () => void;
  /** One parsed event; a server that ignores `stream` delivers its whole answer as one. */
  readonly onEvent: (event: unknown) => Promise<void>;
  /** Asked after each event: true closes the connection, and the answer counts as ended. */
  readonly hasEnough: () => boolean;
  /** Called when the answer ended; throws a retryable fault if something is missing. */
  readonly onEnd: () => void;
  /** False once something went to the caller that another attempt would repeat. */
  readonly mayRestart: () => boolean;
}

/**
 * One server: retries, timeouts and a bound on requests under way. Paths start with `/` and are below the base URL;
 * a path that is a whole URL is taken as it is. Every fault is a ServerFault or `aborted`, without secrets.
 */
export interface ServerConnection {
  readonly baseUrl: string;
  readonly redact: (text: string) => string;
  /** From now on at most this many requests are under way. */
  readonly limitConcurrency: (concurrency: number) => void;
  /** True once the server answered anything, be it an error. */
  readonly hasAnswered: () => boolean;
  readonly get: (path: string, signal: AbortSignal) => Promise<unknown>;
  readonly post: (path: string, body: Body, signal: AbortSignal) => Promise<unknown>;
  readonly stream: (path: string, body: Body, handlers: StreamHandlers, signal: AbortSignal) => Promise<void>;
}

type Work<T> = (client: OpenAI, signal: AbortSignal, alive: () => void) => Promise<T>;

/** Sends nothing yet; the SDK is loaded with the first request. */
export function connectToServer(options: ResolvedOptions): ServerConnection {
  const redact = createRedactor(options.apiKey === null ? [] : [options.apiKey]);
  const limit = pLimit(options.concurrency);
  let hasAnswered = false;
  const fetchAndTidy: typeof globalThis.fetch = async (input, init) => {
    const response = await options.fetch(input, init);
    hasAnswered = true;
    return tidyFault(response);
  };
  let client: Promise<OpenAI> | null = null;
  const openClient = (): Promise<OpenAI> => {
    client ??= createClient(options, fetchAndTidy);
    return client;
  };

  function call<T>(path: string, work: Work<T>, signal: AbortSignal, mayRetry?: () => boolean): Promise<T> {
    const { timeoutMs, apiKeyEnv, baseUrl } = options;
    const describe = (error: unknown): ServerFault =>
      describeFault(error, {
        baseUrl,
        path,
        apiKeyEnv,
        hasKey: options.apiKey !== null,
        redact,
        hasAnswered,
      });
    const expired = (): Error =>
      new ServerFault('server', `${baseUrl}${path} was silent for ${timeoutMs} ms`, {
        retryable: true,
        hint: 'the server is busy or hangs: raise timeoutMs, or lower concurrency',
      });
    const attempt = async (): Promise<T> => {
      const sdk = await openClient();
      return withDeadline({ timeoutMs, signal, expired }, (inner, alive) =>
        work(sdk, inner, alive).catch((error: unknown) => {
          // An abort is told by whoever caused it: the caller's signal or the deadline.
          throw inner.aborted ? error : describe(error);
        }),
      );
    };
    const answer = limit(() => withRetries(attempt, { ...options, signal, mayRetry }));
    return unlessAborted(answer, signal);
  }

  const send = (method: 'get' | 'post', path: string, body: Body | undefined, signal: AbortSignal) =>
    call(
      path,
      async (sdk, inner) => {
        const request = { signal: inner, ...(body === undefined ? {} : { body }) };
        return readJson(await sdk[method](path, request).asResponse(), `${options.baseUrl}${path}`);
      },
      signal,
    );

  return {
    baseUrl: options.baseUrl,
    redact,
    limitConcurrency: (concurrency) => {
      limit.concurrency = concurrency;
    },
    hasAnswered: () => hasAnswered,
    get: (path, signal) => send('get', path, undefined, signal),
    post: (path, body, signal) => send('post', path, body, signal),
    stream: (path, body, handlers, signal) =>
      call(
        path,
        async (sdk, inner, alive) => {
          handlers.onStart();
          const response = await sdk.post(path, { body, signal: inner, stream: true }).asResponse();
          alive();
          for await (const event of readEvents(response, sdk, inner, `${options.baseUrl}${path}`)) {
            alive();
            await handlers.onEvent(event);
            if (handlers.hasEnough()) {
              break;
            }
          }
          inner.throwIfAborted();
          handlers.onEnd();
        },
        signal,
        handlers.mayRestart,
      ),
  };
}

async function createClient(options: ResolvedOptions, fetch: typeof globalThis.fetch): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai');
  return new Client({
    baseURL: options.baseUrl,
    // The SDK wants some key; without one of ours the header is left out.
    apiKey: options.apiKey ?? 'none',
    defaultHeaders: options.apiKey === null ? { Authorization: null } : {},
    // What the environment says of OpenAI accounts is none of another server's business.
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: 0x7fff_ffff,
    logLevel: 'off',
    fetch,
  });
}

/** Errors in any shape become the one the SDK reads; its own reading drops `{detail}` and `{message}`. */
async function tidyFault(response: Response): Promise<Response> {
  if (response.status < 400) {
    return response;
  }
  const text = await response.text();
  const parsed = /^\s*\{/.test(text) ? safeParse(text) : {};
  const error = { ...parsed, message: errorMessageOf(text) };
  const headers = new Headers({ 'content-type': 'application/json' });
  const retryAfter = response.headers.get('retry-after');
  if (retryAfter !== null) {
    headers.set('retry-after', retryAfter);
  }
  return new Response(JSON.stringify({ error }), { status: response.status, headers });
}

/** The `error` object of an OpenAI-shaped body, for its `code` and `type`; else nothing. */
function safeParse(text: string): object {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return error !== null && typeof error === 'object' ? error : {};
  } catch {
    return {};
  }
}

async function readJson(response: Response, where: string): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(text, where);
  }
}

async function* readEvents(
  response: Response,
  sdk: OpenAI,
  signal: AbortSignal,
  where: string,
): AsyncGenerator<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (/json|html/i.test(type) && !/ndjson/i.test(type)) {
    yield await readJson(response, where);
    return;
  }
  const { Stream } = await import('openai/core/streaming');
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    yield* Stream.fromSSEResponse<unknown>(response, controller, sdk);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function notJson(text: string, where: string): ServerFault {
  const got = isHtml(text) ? describePage(text) : `"${errorMessageOf(text).slice(0, 80)}"`;
  return new ServerFault('server', `${where}: expected JSON, received ${got}`, {
    hint: 'a proxy or a web page answers there: check the base URL (most servers answer below /v1)',
  });
}
