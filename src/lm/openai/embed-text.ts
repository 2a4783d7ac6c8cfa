import { CodejuryError } from '../../errors.ts';
import { asArray, asNumber, at } from './json-access.ts';
import type { ServerModel } from './server-model.ts';

/**
 * One L2-normalised vector from /embeddings.
 *
 * @throws {CodejuryError} `server` when the answer holds no vector, or one of zeros.
 */
export async function embedText(
  server: ServerModel,
  text: string,
  signal: AbortSignal,
): Promise<Float32Array> {
  const answer = await server.post('/embeddings', { input: text, encoding_format: 'float' }, [], signal);
  const values = asArray(at(answer, 'data', 0, 'embedding')).map((value) => asNumber(value) ?? Number.NaN);
  const norm = Math.hypot(...values);
  if (!(norm > 0)) {
    throw new CodejuryError(
      'server',
      `${server.connection.baseUrl}/embeddings: expected a vector, received none`,
    );
  }
  return Float32Array.from(values, (value) => value / norm);
}
