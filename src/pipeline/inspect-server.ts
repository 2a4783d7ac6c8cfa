import type { Environment } from '../io/environment.ts';
import { probeServer, type ServerReport } from '../lm/openai/probe-server.ts';

export type { ServerReport };

/** A probe waits this long for an answer, in milliseconds: a model may have to be loaded first. */
const PROBE_TIMEOUT_MS = 60_000;

/**
 * What the server can do: generate, judge, score text. A server that is down is a report, not an exception.
 *
 * @throws {CodejuryError} `usage` for a URL that cannot work.
 */
export async function inspectServer(options: {
  readonly baseUrl: string;
  readonly model: string | null;
  readonly apiKeyEnv: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
}): Promise<ServerReport> {
  return probeServer({ ...options, timeoutMs: PROBE_TIMEOUT_MS });
}
