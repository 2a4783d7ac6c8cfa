import { CodejuryError, throwIfAborted } from '../errors.ts';
import type {
  LabelRequest,
  LabelScores,
  LanguageModel,
  Prompt,
  SampledText,
  SampleRequest,
  TextScore,
  TextScoreRequest,
} from '../lm/language-model.ts';

/** One scripted sample: its text, or any fields of it; what is left out gets a plausible fixed value. */
export type FakeSample = string | Partial<Omit<SampledText, 'index'>>;

/** What a fake says. A capability that has no script is absent, as in an engine that lacks it. */
export interface FakeScript {
  /** Default `fake`. */
  readonly name?: string;
  /** Default 4096. */
  readonly contextSize?: number | null;
  /** Default null. */
  readonly digest?: string | null;
  /** Sample i of a request is the i-th entry, from the beginning again when there are too few; or a function. */
  readonly samples?: readonly FakeSample[] | ((request: SampleRequest, index: number) => FakeSample);
  /** Probabilities in the order of the request's labels. */
  readonly labelProbabilities?: (request: LabelRequest) => readonly number[] | Promise<readonly number[]>;
  readonly textScore?: (request: TextScoreRequest) => TextScore | Promise<TextScore>;
  readonly embedding?: (text: string) => readonly number[] | Promise<readonly number[]>;
}

/** Every request made, in order, and what was actually delivered. */
export interface FakeCalls {
  readonly sample: SampleRequest[];
  readonly scoreLabels: LabelRequest[];
  readonly scoreText: TextScoreRequest[];
  readonly embed: string[];
  /** Samples handed out; smaller than asked for when the caller stopped early. */
  samplesDelivered: number;
  disposed: boolean;
}

export interface FakeLanguageModel extends LanguageModel {
  readonly calls: FakeCalls;
}

/**
 * A language model that follows a script: for tests without weights. Tokens are counted as the words of a text.
 * An aborted signal ends a request with the `aborted` error, between samples too; a closed model refuses requests.
 */
export function createFakeLanguageModel(script: FakeScript = {}): FakeLanguageModel {
  const { samples, labelProbabilities, textScore, embedding } = script;
  const name = script.name ?? 'fake';
  const calls: FakeCalls = {
    sample: [],
    scoreLabels: [],
    scoreText: [],
    embed: [],
    samplesDelivered: 0,
    disposed: false,
  };

  const check = (signal: AbortSignal | undefined) => {
    if (calls.disposed) {
      throw new CodejuryError('engine', `${name} has been closed`);
    }
    throwIfAborted(signal);
  };

  const sampleAt = (request: SampleRequest, index: number): FakeSample => {
    if (typeof samples === 'function') {
      return samples(request, index);
    }
    return samples?.[index % samples.length] ?? '';
  };

  async function* sample(request: SampleRequest): AsyncGenerator<SampledText> {
    calls.sample.push(request);
    for (const index of request.seeds.keys()) {
      check(request.signal);
      const scripted = sampleAt(request, index);
      calls.samplesDelivered += 1;
      yield completeSample(
        await cutWhereComplete(typeof scripted === 'string' ? { text: scripted } : scripted, request),
        index,
        request.prompt,
      );
    }
  }

  return {
    name,
    engine: 'fake',
    digest: script.digest ?? null,
    contextSize: script.contextSize === undefined ? 4096 : script.contextSize,
    concurrency: 1,
    settings: {},
    calls,
    ...(samples === undefined ? {} : { sample }),
    ...(labelProbabilities === undefined
      ? {}
      : {
          scoreLabels: async (request: LabelRequest): Promise<LabelScores> => {
            calls.scoreLabels.push(request);
            check(request.signal);
            const probabilities = await labelProbabilities(request);
            return {
              probabilities,
              upperBound: probabilities.map(() => false),
              promptTokens: countWords(`${request.system ?? ''} ${request.shared} ${request.own}`),
              cachedTokens: 0,
              durationMs: 1,
            };
          },
        }),
    ...(textScore === undefined
      ? {}
      : {
          scoreText: async (request: TextScoreRequest): Promise<TextScore> => {
            calls.scoreText.push(request);
            check(request.signal);
            return await textScore(request);
          },
        }),
    ...(embedding === undefined
      ? {}
      : {
          embed: async (text: string, signal?: AbortSignal): Promise<Float32Array> => {
            calls.embed.push(text);
            check(signal);
            return Float32Array.from(await embedding(text));
          },
        }),
    countTokens: async (prompt) => countPromptWords(prompt),
    dispose: async () => {
      calls.disposed = true;
    },
  };
}

/** A request that says where a text is complete gets it up to there, as from an engine. */
async function cutWhereComplete(
  sample: Partial<SampledText>,
  { isComplete }: SampleRequest,
): Promise<Partial<SampledText>> {
  for (const { index } of sample.text?.matchAll(/\n/g) ?? []) {
    const lines = sample.text?.slice(0, index + 1) ?? '';
    if ((await isComplete?.(lines)) === true) {
      return { ...sample, text: lines, finishReason: 'complete' };
    }
  }
  return sample;
}

function completeSample(sample: Partial<SampledText>, index: number, prompt: Prompt): SampledText {
  const text = sample.text ?? '';
  const tokenCount = countWords(text);
  return {
    text,
    tokenCount,
    meanLogProbability: tokenCount === 0 ? null : -1,
    finishReason: 'stop',
    promptTokens: countPromptWords(prompt),
    durationMs: 1,
    ...sample,
    index,
  };
}

function countPromptWords(prompt: Prompt): number {
  return countWords(
    prompt.kind === 'text' ? prompt.text : prompt.messages.map(({ content }) => content).join(' '),
  );
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
