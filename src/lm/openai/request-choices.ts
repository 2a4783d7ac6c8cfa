import type { SampleRequest } from '../language-model.ts';
import { type ChoiceCollector, type CollectedChoice, createChoiceCollector } from './collect-choice.ts';
import { asArray, asNumber, at } from './json-access.ts';
import { NEUTRAL_FIELDS } from './neutral-sampling.ts';
import type { PromptFields } from './prompt-fields.ts';
import type { Body } from './server-connection.ts';
import { ServerFault } from './server-fault.ts';
import type { ServerModel } from './server-model.ts';

export interface FinishedChoice {
  readonly index: number;
  readonly choice: CollectedChoice;
  /** From the beginning of the attempt that succeeded. */
  readonly durationMs: number;
}

export interface Usage {
  readonly promptTokens: number | null;
  /** Of all choices together, usually with their end-of-text tokens. */
  readonly completionTokens: number | null;
}

const OPTIONAL: readonly string[] = [...NEUTRAL_FIELDS, 'top_logprobs', 'logprobs', 'stream_options'];
/** Reasons to finish that mean the server gave up. */
const FAILED = new Set(['abort', 'error']);

export interface ChoiceHandlers {
  /** Hears of each choice as it finishes; from then on a broken stream is not tried again. */
  readonly onFinished?: (finished: FinishedChoice) => void;
  /** See SampleRequest; the connection is closed once all choices asked for are finished or complete. */
  readonly isComplete?: SampleRequest['isComplete'];
}

/**
 * Streams one generating request.
 *
 * @returns all choices, by index, and what they cost
 * @throws {CodejuryError} `server`, retryable, when the stream ends before every choice it began is finished.
 */
export async function requestChoices(
  server: ServerModel,
  path: PromptFields['path'],
  body: Body,
  signal: AbortSignal,
  { onFinished, isComplete }: ChoiceHandlers = {},
): Promise<{ readonly finished: readonly FinishedChoice[]; readonly usage: Usage }> {
  let collectors = new Map<number, ChoiceCollector>();
  let finished = new Map<number, FinishedChoice>();
  let usage: Usage = { promptTokens: null, completionTokens: null };
  let startedAt = 0;

  async function addChoice(piece: unknown): Promise<void> {
    const index = asNumber(at(piece, 'index')) ?? 0;
    if (finished.get(index)?.choice.finishReason === 'complete') {
      return;
    }
    const collector = collectors.get(index) ?? createChoiceCollector();
    collectors.set(index, collector);
    const before = collector.read().text.length;
    collector.add(piece);
    const choice = collector.read();
    if (finished.has(index)) {
      return;
    }
    if (choice.finish !== null) {
      if (FAILED.has(choice.finish)) {
        throw brokenOff(server, path, `gave up (finish reason "${choice.finish}")`);
      }
      finish(index, choice);
      return;
    }
    const lines = choice.text.slice(0, choice.text.lastIndexOf('\n') + 1);
    if (lines.length > before && (await isComplete?.(lines)) === true) {
      finish(index, { ...choice, finishReason: 'complete' });
    }
  }

  function finish(index: number, choice: CollectedChoice): void {
    const done = { index, choice, durationMs: performance.now() - startedAt };
    finished.set(index, done);
    onFinished?.(done);
  }

  function onStart(): void {
    collectors = new Map();
    finished = new Map();
    startedAt = performance.now();
  }

  async function onEvent(event: unknown): Promise<void> {
    for (const piece of asArray(at(event, 'choices'))) {
      await addChoice(piece);
    }
    usage = {
      promptTokens: asNumber(at(event, 'usage', 'prompt_tokens')) ?? usage.promptTokens,
      completionTokens: asNumber(at(event, 'usage', 'completion_tokens')) ?? usage.completionTokens,
    };
  }

  /** What a server says after its choices (usage) is worth waiting for, but not what a complete choice goes on with. */
  function hasEnough(): boolean {
    const all = [...finished.values()];
    return (
      all.length >= (asNumber(body.n) ?? 1) && all.some(({ choice }) => choice.finishReason === 'complete')
    );
  }

  function requireAll(): void {
    if (finished.size < collectors.size) {
      throw brokenOff(server, path, 'stopped in the middle of the answer');
    }
  }

  await server.stream(
    path,
    { ...body, stream: true, stream_options: { include_usage: true } },
    OPTIONAL,
    {
      onStart,
      onEvent,
      hasEnough,
      onEnd: requireAll,
      mayRestart: () => onFinished === undefined || finished.size === 0,
    },
    signal,
  );
  if (collectors.size === 0) {
    // llama-cpp-python answers 200 with an empty stream where it would refuse the same request without streaming.
    onStart();
    await onEvent(await server.post(path, body, OPTIONAL, signal));
    requireAll();
  }
  if (collectors.size === 0) {
    throw brokenOff(server, path, 'sent no answer');
  }
  return { finished: [...finished.values()].sort((a, b) => a.index - b.index), usage };
}

function brokenOff(server: ServerModel, path: string, what: string): ServerFault {
  return new ServerFault('server', `${server.connection.baseUrl}${path} ${what}`, {
    retryable: true,
    hint: "look into the server's log: it may have been restarted, or serve one request at a time (then set concurrency to 1)",
  });
}
