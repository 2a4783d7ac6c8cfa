import { setTimeout as wait } from 'node:timers/promises';
import { CodejuryError } from '../../errors.ts';

/** How a model behind an OpenAI-compatible server is opened. */
export interface OpenaiModelOptions {
  /** The model's name as the server knows it. */
  readonly model: string;
  /** Where the API starts, usually ending in `/v1`, e.g. `http://127.0.0.1:8080/v1`. */
  readonly baseUrl: string;
  /** The name in reports; default `openai:<model>@<baseUrl>`. */
  readonly name?: string | undefined;
  /** Environment variable that holds the key (default OPENAI_API_KEY). Unset or empty: no key is sent. */
  readonly apiKeyEnv?: string | undefined;
  /** Where `apiKeyEnv` is looked up; default the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * `auto` (default): chat prompts go to /chat/completions, texts to /completions. `chat`: a text is sent as one user
   * message. `completions`: the messages of a chat are joined by blank lines (for base models).
   */
  readonly api?: 'auto' | 'chat' | 'completions' | undefined;
  /**
   * Longest wait for an answer, and between two pieces of a stream; default 120,000. Node's fetch itself gives up
   * when a server sends no header for 300,000 ms.
   */
  readonly timeoutMs?: number | undefined;
  /** Further attempts after 408, 409, 429, 5xx, timeouts and broken connections; default 4. */
  readonly maxRetries?: number | undefined;
  /** Requests under way at once; default 4. */
  readonly concurrency?: number | undefined;
  /**
   * One request for all samples of a prompt (`n`) instead of one per sample. The server then evaluates the prompt
   * once, but a request carries one seed: the samples of one call reproduce together, no longer one by one.
   */
  readonly useN?: boolean | undefined;
  /** Define `embed`, for a server that has /embeddings; default false. */
  readonly embeddings?: boolean | undefined;
  /** Further fields of every generating request, passed through; a null removes the field of that name. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
  /** Aborts opening. */
  readonly signal?: AbortSignal | undefined;
  /** For tests: the functions that touch network, clock and chance. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  readonly random?: (() => number) | undefined;
}

/** The options with every default, checked; the key resolved. */
export interface ResolvedOptions {
  readonly model: string;
  readonly baseUrl: string;
  readonly name: string;
  readonly apiKeyEnv: string;
  readonly apiKey: string | null;
  readonly api: 'auto' | 'chat' | 'completions';
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly concurrency: number;
  readonly useN: boolean;
  readonly embeddings: boolean;
  readonly extraBody: Readonly<Record<string, unknown>>;
  readonly fetch: typeof globalThis.fetch;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
}

/** @throws {CodejuryError} `usage` for a base URL, model name, timeout or count that cannot work. */
export function resolveOpenaiOptions(options: OpenaiModelOptions): ResolvedOptions {
  const baseUrl = checkBaseUrl(options.baseUrl);
  if (options.model.trim() === '') {
    throw new CodejuryError('usage', `model at ${baseUrl}: expected a model name, received an empty one`);
  }
  const apiKeyEnv = options.apiKeyEnv ?? 'OPENAI_API_KEY';
  const apiKey = ((options.env ?? process.env)[apiKeyEnv] ?? '').trim();
  if (/[^\x21-\x7e]/.test(apiKey)) {
    throw new CodejuryError('usage', `${apiKeyEnv}: expected a key of printable ASCII characters`, {
      hint: 'the variable probably holds a quotation mark, a line break or more than one key',
    });
  }
  return {
    model: options.model,
    baseUrl,
    name: options.name ?? `openai:${options.model}@${baseUrl}`,
    apiKeyEnv,
    apiKey: apiKey === '' ? null : apiKey,
    api: options.api ?? 'auto',
    // setTimeout overflows, and fires at once, beyond 2^31 - 1.
    timeoutMs: checkCount('timeoutMs', options.timeoutMs ?? 120_000, 1, 0x7fff_ffff),
    maxRetries: checkCount('maxRetries', options.maxRetries ?? 4, 0, 100),
    concurrency: checkCount('concurrency', options.concurrency ?? 4, 1, 1024),
    useN: options.useN ?? false,
    embeddings: options.embeddings ?? false,
    extraBody: options.extraBody ?? {},
    fetch: options.fetch ?? globalThis.fetch,
    sleep: options.sleep ?? ((ms, signal) => wait(ms, undefined, { signal })),
    random: options.random ?? Math.random,
  };
}

function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CodejuryError(
      'usage',
      `baseUrl: expected an http or https URL, received "${hideUserInfo(baseUrl)}"`,
      {
        hint: 'e.g. http://127.0.0.1:8080/v1',
      },
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new CodejuryError('usage', `baseUrl: expected no user or password in the URL of ${url.host}`, {
      hint: 'put the key into an environment variable and name it in apiKeyEnv',
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new CodejuryError('usage', `baseUrl: expected no "?" or "#" part, received one for ${url.host}`);
  }
  return url.href.replace(/\/+$/, '');
}

function hideUserInfo(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//[redacted]@');
}

function checkCount(name: string, value: number, minimum: number, maximum: number): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new CodejuryError(
      'usage',
      `${name}: expected an integer from ${minimum} to ${maximum}, received ${value}`,
    );
  }
  return value;
}
