import type { SampledText, SampleRequest } from '../language-model.ts';
import { forEachAtOnce } from './for-each-at-once.ts';
import { neutralSampling } from './neutral-sampling.ts';
import type { LogprobReport } from './probe-logprobs.ts';
import { logprobFields, promptFields } from './prompt-fields.ts';
import { type FinishedChoice, requestChoices, type Usage } from './request-choices.ts';
import type { Body } from './server-connection.ts';
import { ServerFault } from './server-fault.ts';
import type { ServerModel } from './server-model.ts';
import { summariseTokens } from './summarise-tokens.ts';
import { yieldEmitted } from './yield-emitted.ts';

/** How a path reports log-probabilities; asked only when the sampling values leave it open. */
export type FindLogprobs = (
  path: '/chat/completions' | '/completions',
  signal: AbortSignal,
) => Promise<LogprobReport>;

const NO_USAGE: Usage = { promptTokens: null, completionTokens: null };

/**
 * Draws the samples, each with its own seed in its own request (with `useN`: all in one, those the server leaves out
 * in requests of their own), and yields them as they finish.
 *
 * `meanLogProbability` is set when the server's numbers are those of the model: either the probe showed that they are
 * taken before temperature, or the request changes nothing (temperature 1, top-p 1, top-k off). Else it is null.
 *
 * A complete text ends its request. The first answers of a server run to their end, until one shows that they begin outside of reasoning.
 *
 * @throws {CodejuryError} `server`, `context-length`, `not-found` (model), `aborted`.
 */
export function sampleTexts(
  server: ServerModel,
  request: SampleRequest,
  findLogprobs: FindLogprobs,
  signal: AbortSignal,
): AsyncGenerator<SampledText> {
  return yieldEmitted<SampledText>(async (emit, inner) => {
    const { path, fields } = promptFields(request.prompt, server.options.api);
    const exact = await hasExactLogprobs(request, () => findLogprobs(path, inner));
    const body: Body = {
      ...fields,
      max_tokens: request.maxTokens,
      temperature: request.temperature,
      top_p: request.topP,
      stop: request.stop.length === 0 ? null : request.stop,
      ...neutralSampling(server.info.kind, request.topK),
      ...(exact ? logprobFields(path, 1) : {}),
    };

    const drawOne = async (index: number, stop: AbortSignal): Promise<void> => {
      const own = { ...body, seed: request.seeds[index] };
      const isComplete = completionCheck(server, request);
      const { finished, usage } = await requestChoices(server, path, own, stop, { isComplete });
      const [first] = finished;
      if (first !== undefined) {
        server.answers.see(first.choice);
        emit(toSample(first, index, usage));
      }
    };

    let open = request.seeds.map((_, index) => index);
    if (server.options.useN && !request.inTurn && open.length > 1) {
      const drawn = await drawTogether(server, path, body, request, emit, inner);
      open = open.filter((index) => !drawn.has(index));
    }
    await forEachAtOnce(open, request.inTurn ? 1 : server.options.concurrency, drawOne, inner);
  }, signal);
}

/** One request with `n`; returns the indices that came. What is missing is the caller's to draw singly. */
async function drawTogether(
  server: ServerModel,
  path: '/chat/completions' | '/completions',
  body: Body,
  request: SampleRequest,
  emit: (sample: SampledText) => void,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const drawn = new Set<number>();
  const wanted = request.seeds.length;
  const together = { ...body, n: wanted, seed: request.seeds[0] };
  try {
    const onFinished = (finished: FinishedChoice): void => {
      if (finished.index < wanted) {
        drawn.add(finished.index);
        server.answers.see(finished.choice);
        emit(toSample(finished, finished.index, NO_USAGE));
      }
    };
    const isComplete = completionCheck(server, request);
    await requestChoices(server, path, together, signal, { onFinished, isComplete });
  } catch (error) {
    const details = error instanceof ServerFault ? error.details : null;
    const refusedN = [400, 422].includes(details?.status ?? 0) && /\bn\b/.test(details?.said ?? '');
    if (!refusedN && drawn.size === 0) {
      throw error;
    }
  }
  if (drawn.size < wanted) {
    server.notice(
      `${server.connection.baseUrl} gave ${drawn.size} of ${wanted} samples asked for in one request: the rest is drawn singly`,
    );
  }
  return drawn;
}

function completionCheck(server: ServerModel, request: SampleRequest): SampleRequest['isComplete'] {
  return server.answers.beginsOutsideReasoning() ? request.isComplete : undefined;
}

function toSample(finished: FinishedChoice, index: number, usage: Usage): SampledText {
  const { choice, durationMs } = finished;
  const summary = choice.positions && summariseTokens(choice.positions, choice.text, usage.completionTokens);
  return {
    index,
    text: choice.text,
    tokenCount: summary?.tokenCount ?? usage.completionTokens,
    meanLogProbability: summary?.meanLogProbability ?? null,
    finishReason: choice.finishReason,
    promptTokens: usage.promptTokens,
    durationMs,
  };
}

async function hasExactLogprobs(
  request: SampleRequest,
  find: () => Promise<LogprobReport>,
): Promise<boolean> {
  if (request.temperature === 1 && request.topP === 1 && request.topK === 0) {
    return true;
  }
  const probe = await find();
  return probe.basis === 'raw';
}
