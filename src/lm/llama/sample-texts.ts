import { performance } from 'node:perf_hooks';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { SampledText, SampleRequest } from '../language-model.ts';
import { checkContextLength } from './context-length.ts';
import { evaluatePrompt } from './evaluate-prompt.ts';
import type { PositionLogits } from './evaluation-context.ts';
import { createGeneratedText, type GeneratedText } from './generated-text.ts';
import { createNativeSampler, type NativeSampler } from './native.ts';
import type { PromptRenderer } from './render-prompt.ts';
import type { SamplingContexts } from './sampling-contexts.ts';
import type { SharedWeights } from './shared-weights.ts';
import { SPELLING_TOKENS } from './vocabulary.ts';

export interface SamplingEngine {
  readonly name: string;
  readonly weights: SharedWeights;
  readonly renderer: PromptRenderer;
  readonly contexts: SamplingContexts;
  readonly contextSize: number;
  /** 1 when this model samples in turn. */
  readonly maxParallelSamples: number;
}

/** One sample under way on one sequence of the context. */
interface Run {
  readonly index: number;
  readonly sequence: number;
  readonly sampler: NativeSampler;
  /** Reads log-probabilities; at temperature 0 it also chooses. */
  readonly greedy: NativeSampler;
  readonly generated: GeneratedText;
  readonly logProbabilities: number[];
  /** Time of the steps it took part in; a caller that takes its time between samples is not counted. */
  durationMs: number;
  nextToken: number;
  position: number;
}

/**
 * Samples as they finish, over one evaluation of the prompt. Up to `maxParallelSamples` advance together, one token
 * each per step; which ones are together follows from the request alone, so the same request gives the same texts.
 *
 * @throws {CodejuryError} `usage`, `context-length`, `aborted`, `engine`.
 */
export async function* sampleTexts(
  engine: SamplingEngine,
  request: SampleRequest,
): AsyncGenerator<SampledText> {
  checkRequest(request);
  const prompt = engine.renderer.render(request.prompt);
  checkContextLength(engine.name, {
    prompt: prompt.length,
    answer: request.maxTokens,
    available: engine.contextSize,
  });
  const lastOfPrompt = prompt.at(-1);
  if (lastOfPrompt === undefined) {
    throw new CodejuryError('usage', 'the prompt is empty', {
      hint: 'give at least one character to continue',
    });
  }
  throwIfAborted(request.signal);
  if (request.seeds.length === 0) {
    return;
  }
  const isComplete = engine.renderer.opensTag(request.prompt) ? undefined : request.isComplete;
  const rules = { ...request, isComplete };
  const parallel = request.inTurn ? 1 : Math.min(engine.maxParallelSamples, request.seeds.length);
  const context = await engine.contexts.borrow(parallel, prompt.length + request.maxTokens);
  const runs = new Set<Run>();
  try {
    const shared = prompt.slice(0, -1);
    await evaluatePrompt(context, 0, shared, request.signal);
    for (let sequence = 1; sequence < parallel; sequence++) {
      await context.copy(0, sequence);
    }
    const startRun = (index: number, sequence: number): Run => ({
      index,
      sequence,
      sampler: createNativeSampler(engine.weights.model, samplerConfig(request, request.seeds[index] ?? 0)),
      greedy: createNativeSampler(engine.weights.model, { temperature: 0, seed: 0 }),
      generated: createGeneratedText(engine.weights.vocabulary, prompt.slice(-SPELLING_TOKENS), request.stop),
      logProbabilities: [],
      durationMs: 0,
      nextToken: lastOfPrompt,
      position: shared.length,
    });
    let started = 0;
    for (; started < parallel; started++) {
      runs.add(startRun(started, started));
    }
    while (runs.size > 0) {
      throwIfAborted(request.signal);
      const active = [...runs];
      const stepStartedAt = performance.now();
      const finished = await context.step(
        active.map(({ sequence, position, nextToken }) => ({ sequence, position, token: nextToken })),
        async (logits, row) => await advance(engine, rules, active[row] as Run, logits),
      );
      const stepMs = performance.now() - stepStartedAt;
      for (const [row, finishReason] of finished.entries()) {
        const run = active[row] as Run;
        run.durationMs += stepMs;
        if (finishReason === null) {
          continue;
        }
        runs.delete(run);
        disposeRun(run);
        if (started < request.seeds.length) {
          if (!context.truncate(run.sequence, shared.length)) {
            context.clear(run.sequence);
            await evaluatePrompt(context, run.sequence, shared, request.signal);
          }
          runs.add(startRun(started, run.sequence));
          started += 1;
        }
      }
      for (const [row, finishReason] of finished.entries()) {
        if (finishReason !== null) {
          yield sampledText(active[row] as Run, finishReason, prompt.length);
        }
      }
    }
  } finally {
    for (const run of runs) {
      disposeRun(run);
    }
    await engine.contexts.giveBack(context);
  }
}

/** Draws the next token of a run; the reason it ends here, or null. */
async function advance(
  { weights }: SamplingEngine,
  { temperature, maxTokens, isComplete }: SampleRequest,
  run: Run,
  logits: PositionLogits,
): Promise<SampledText['finishReason'] | null> {
  const drawn = temperature === 0 ? null : await logits.draw(run.sampler);
  if (drawn !== null && weights.vocabulary.isEndOfText(drawn)) {
    return 'stop';
  }
  const { mostProbable, logProbabilities } = await logits.read(run.greedy, drawn === null ? [] : [drawn]);
  const token = drawn ?? mostProbable;
  if (weights.vocabulary.isEndOfText(token)) {
    return 'stop';
  }
  run.logProbabilities.push(logProbabilities.get(token) ?? Number.NaN);
  run.nextToken = token;
  run.position += 1;
  if (run.generated.push(token)) {
    return 'stop-string';
  }
  if (isComplete !== undefined) {
    const lines = run.generated.endedLines();
    if (lines !== null && (await isComplete(lines))) {
      return 'complete';
    }
  }
  return run.logProbabilities.length >= maxTokens ? 'length' : null;
}

function sampledText(run: Run, finishReason: SampledText['finishReason'], promptTokens: number): SampledText {
  const { text, tokenCount } = run.generated.finish(finishReason !== 'length');
  const sum = run.logProbabilities.slice(0, tokenCount).reduce((total, value) => total + value, 0);
  return {
    index: run.index,
    text,
    tokenCount,
    meanLogProbability: tokenCount === 0 ? null : sum / tokenCount,
    finishReason,
    promptTokens,
    durationMs: run.durationMs,
  };
}

/** Truncation that is switched off is left out altogether: the library's own defaults would truncate. */
function samplerConfig({ temperature, topK, topP }: SampleRequest, seed: number) {
  return { temperature, seed, ...(topK > 0 ? { topK } : {}), ...(topP < 1 ? { topP } : {}) };
}

function disposeRun({ sampler, greedy }: Run): void {
  sampler.dispose();
  greedy.dispose();
}

function checkRequest({ temperature, topP, topK, maxTokens, seeds }: SampleRequest): void {
  const rules: readonly (readonly [valid: boolean, name: string, expected: string, received: unknown])[] = [
    [Number.isFinite(temperature) && temperature >= 0, 'temperature', 'a number of at least 0', temperature],
    [topP > 0 && topP <= 1, 'topP', 'a number in (0, 1]', topP],
    [Number.isInteger(topK) && topK >= 0, 'topK', 'an integer of at least 0', topK],
    [Number.isInteger(maxTokens) && maxTokens >= 1, 'maxTokens', 'an integer of at least 1', maxTokens],
    [
      seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31),
      'seeds',
      'integers in [0, 2^31)',
      seeds,
    ],
  ];
  for (const [valid, name, expected, received] of rules) {
    if (!valid) {
      throw new CodejuryError('usage', `${name}: expected ${expected}, received ${String(received)}`);
    }
  }
}
