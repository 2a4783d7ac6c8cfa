import { CodejuryError } from '../../errors.ts';
import type { LanguageModel, SampleRequest } from '../language-model.ts';
import { cachedByKey } from './cached-by-key.ts';
import { embedText } from './embed-text.ts';
import { type OpenaiModelOptions, resolveOpenaiOptions } from './openai-options.ts';
import { probeLogprobs } from './probe-logprobs.ts';
import { probeTextScoring } from './probe-text-scoring.ts';
import { type FindLogprobs, sampleTexts } from './sample-texts.ts';
import { createLabelScorer } from './score-labels.ts';
import { scoreText } from './score-text.ts';
import { connectToServer } from './server-connection.ts';
import { readServerInfo } from './server-info.ts';
import { createServerModel, type ServerModel } from './server-model.ts';

/** A model behind a server, with what could not be done as asked. */
export interface OpenaiModel extends LanguageModel {
  /** One sentence each, in the order found; grows while the model is used. */
  readonly notices: readonly string[];
}

const NEVER = new AbortController().signal;

/**
 * Opens a model of any OpenAI-compatible server. Opening reads the list of models (one request), so a server that is
 * down or refuses the key shows at once. What the server really does with log-probabilities is found out by
 * tiny requests when first needed, once per model.
 *
 * `sample` and `scoreLabels` are always there and `scoreText` too; they throw `capability` when the probe shows that the
 * server cannot. `scoreText` takes text prompts only: the template of a chat is known to the server alone.
 *
 * @throws {CodejuryError} `usage` for options that cannot work, `server`, `aborted`.
 */
export async function openOpenaiModel(options: OpenaiModelOptions): Promise<OpenaiModel> {
  const resolved = resolveOpenaiOptions(options);
  const connection = connectToServer(resolved);
  const info = await readServerInfo(connection, resolved.model, options.signal ?? NEVER);
  const server = createServerModel(resolved, connection, info);
  const concurrency = boundConcurrency(server);
  const disposal = new AbortController();
  const whileOpen = (signal: AbortSignal | undefined): AbortSignal =>
    signal === undefined ? disposal.signal : AbortSignal.any([disposal.signal, signal]);

  const logprobs = cachedByKey((path: Parameters<FindLogprobs>[0]) =>
    probeLogprobs(server, path, disposal.signal),
  );
  const textScoring = cachedByKey((_: 'completions') => probeTextScoring(server, disposal.signal));
  const scoreOne = createLabelScorer(server, logprobs);

  return {
    name: resolved.name,
    engine: 'openai',
    digest: null,
    contextSize: info.contextSize,
    concurrency,
    settings: {
      baseUrl: resolved.baseUrl,
      model: resolved.model,
      api: resolved.api,
      useN: resolved.useN,
      extraBody: connection.redact(JSON.stringify(resolved.extraBody)),
    },
    notices: server.notices,
    sample: (request: SampleRequest) => sampleTexts(server, request, logprobs, whileOpen(request.signal)),
    scoreLabels: (request) => scoreOne(request, whileOpen(request.signal)),
    scoreText: async ({ prompt, text, signal }) => {
      if (prompt.kind === 'chat') {
        throw new CodejuryError(
          'capability',
          `${resolved.name} scores the continuation of a text, not of a chat`,
          {
            hint: 'give the prompt as text, or use an embedded model',
          },
        );
      }
      const { method, reason } = await textScoring('completions', whileOpen(signal));
      if (method === null) {
        throw new CodejuryError('capability', `${resolved.name} cannot score a given text: ${reason}`, {
          hint: 'vLLM does; or use an embedded model',
        });
      }
      return scoreText(server, method, prompt.text, text, whileOpen(signal));
    },
    ...(resolved.embeddings
      ? {
          embed: (text: string, signal?: AbortSignal) => embedText(server, text, whileOpen(signal)),
        }
      : {}),
    dispose: async () => disposal.abort(new Error('the model was closed')),
  };
}

/** llama-cpp-python breaks off a stream as soon as another request arrives, unless told otherwise at its start. */
function boundConcurrency(server: ServerModel): number {
  const { concurrency } = server.options;
  if (server.info.kind !== 'llama-cpp-python' || concurrency === 1) {
    return concurrency;
  }
  server.connection.limitConcurrency(1);
  server.notice(
    `${server.connection.baseUrl} (llama-cpp-python) serves one request at a time: concurrency 1 is used`,
  );
  return 1;
}
