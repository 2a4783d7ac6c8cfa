import { asArray, asNumber, asString, at } from './json-access.ts';
import type { ServerConnection } from './server-connection.ts';
import { ServerFault } from './server-fault.ts';

/** A guess from what the list of models looks like; `unknown` changes nothing but the wording of optional fields. */
export type ServerKind =
  | 'openai'
  | 'vllm'
  | 'sglang'
  | 'llama.cpp'
  | 'llama-cpp-python'
  | 'ollama'
  | 'lm-studio'
  | 'unknown';

export interface ServerInfo {
  readonly kind: ServerKind;
  /** Names of the models offered; null when the server has no list. */
  readonly models: readonly string[] | null;
  /** Tokens of prompt and answer together that the server grants the model; null when it does not say. */
  readonly contextSize: number | null;
}

/** Who owns the models, by the `owned_by` each server writes. */
const KIND_OF_OWNER: Readonly<Record<string, ServerKind>> = {
  vllm: 'vllm',
  sglang: 'sglang',
  llamacpp: 'llama.cpp',
  me: 'llama-cpp-python',
  library: 'ollama',
  organization_owner: 'lm-studio',
  openai: 'openai',
  system: 'openai',
};

/** Names under which servers list the context of a model; what is granted now goes before what would be possible. */
const CONTEXT_FIELDS: readonly (readonly string[])[] = [
  ['max_model_len'],
  ['meta', 'n_ctx'],
  ['loaded_context_length'],
  ['context_length'],
  ['context_window'],
];

/**
 * Reads the list of models (and, for an older llama.cpp server, its /props).
 *
 * @param model the one whose context is wanted; null = the first listed
 * @throws {ServerFault} when the server cannot be reached, refuses the key, or answers with something else than an API.
 */
export async function readServerInfo(
  connection: ServerConnection,
  model: string | null,
  signal: AbortSignal,
): Promise<ServerInfo> {
  const answer = await optional(connection.get('/models', signal));
  const entries = asArray(at(answer, 'data'));
  const entry =
    entries.find((item) => at(item, 'id') === model) ?? (entries.length === 1 ? entries[0] : null);
  const kind = guessKind(connection.baseUrl, entries);
  const listed = CONTEXT_FIELDS.map((path) => asNumber(at(entry, ...path))).find((size) => size !== null);
  return {
    kind,
    models: Array.isArray(at(answer, 'data'))
      ? entries.map((item) => asString(at(item, 'id'))).filter((id) => id !== null)
      : null,
    contextSize: listed ?? (kind === 'llama.cpp' ? await contextFromProps(connection, signal) : null),
  };
}

function guessKind(baseUrl: string, entries: readonly unknown[]): ServerKind {
  if (new URL(baseUrl).hostname.endsWith('.openai.com')) {
    return 'openai';
  }
  const owners = entries.map((item) => asString(at(item, 'owned_by')) ?? '');
  const kind = owners.map((owner) => KIND_OF_OWNER[owner]).find((known) => known !== undefined);
  return kind ?? 'unknown';
}

async function contextFromProps(connection: ServerConnection, signal: AbortSignal): Promise<number | null> {
  const props = await optional(connection.get(new URL('/props', connection.baseUrl).href, signal));
  return asNumber(at(props, 'default_generation_settings', 'n_ctx'));
}

/** Null where the server says that it has no such page. */
async function optional(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    const status = error instanceof ServerFault ? error.details.status : null;
    if (status === 404 || status === 405 || status === 501) {
      return null;
    }
    throw error;
  }
}
