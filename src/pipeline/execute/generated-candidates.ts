import { cleanText } from '../../clean/clean-text.ts';
import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { findLanguage } from '../../lang/find-language.ts';
import type { Language } from '../../lang/language.ts';
import type { ResultCache } from '../../store/result-cache.ts';
import { drawSamples } from '../draw-samples.ts';
import { openModelOpener } from '../open-model.ts';
import { type OpenWriter, openWriter } from '../open-writer.ts';
import type { SampleCandidate, SampleCandidateOptions } from '../sample-candidates.ts';
import { continuedText, type WriterRequest, writerRequest } from '../writer-request.ts';
import type { Generators } from './candidate-source.ts';

export interface GeneratedOptions extends Pick<SampleCandidateOptions, 'dedupe' | 'asciiOnly'> {
  readonly source: Generators;
  readonly tasks: readonly Task[];
  readonly languages: readonly CustomLanguage[];
  readonly cache: ResultCache;
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Called for each generator when it is open. */
  readonly onWriter?: ((writer: OpenWriter, samples: number) => void) | undefined;
  readonly onNotice: (text: string) => void;
  /** Samples so far of how many, and those of them that were on record; first when a model is open. */
  readonly onProgress: (done: number, total: number, reused: number) => void;
}

/**
 * What generators write for tasks, cleaned as `solve` does: generator by generator, of which one is in memory at a time, task by
 * task. A task that does not fit a generator's context is left out, with a notice.
 *
 * @throws {CodejuryError} what opening and running the models throws; `aborted`.
 */
export async function* generatedCandidates(options: GeneratedOptions): AsyncGenerator<SampleCandidate> {
  const { source, tasks, env, signal } = options;
  const counts = source.teams.map(({ config }) => config.generator.samples * tasks.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let index = 0;
  let reused = 0;
  for (const { config, folder } of source.teams) {
    const opener = openModelOpener({ ...source, env, signal });
    try {
      const writer = await openWriter(config.generator, folder, opener);
      options.onWriter?.(writer, config.generator.samples);
      options.onProgress(index, total, reused);
      for (const task of tasks) {
        const onReused = () => {
          reused += 1;
        };
        const found = candidatesFor(task, writer, config.generator.samples, { ...options, onReused });
        for await (const candidate of found) {
          options.onProgress(index + 1, total, reused);
          yield { ...candidate, sample: { ...candidate.sample, index } };
          index += 1;
        }
      }
    } finally {
      await opener.dispose();
    }
  }
}

async function* candidatesFor(
  task: Task,
  writer: OpenWriter,
  count: number,
  {
    source,
    languages,
    cache,
    signal,
    onNotice,
    onReused,
    asciiOnly = false,
    dedupe = 'exact',
  }: GeneratedOptions & { readonly onReused: () => void },
): AsyncGenerator<SampleCandidate> {
  const language = findLanguage(task.language, languages);
  const request = await requestFor(task, language, writer, onNotice);
  if (request === null) return;
  const indices = Array.from({ length: count }, (_, index) => index);
  const drawn = drawSamples({ ...request, indices, seed: source.seed, inTurn: false, signal }, cache);
  for await (const { sample, reused } of drawn) {
    if (reused) onReused();
    const { code, rejected, dedupeKey } = await cleanText({
      task: { ...task, prompt: continuedText(task, language, writer) },
      language,
      text: sample.text,
      form: writer.promptKind,
      options: { asciiOnly, dedupe },
    });
    yield {
      sample: {
        index: sample.index,
        place: `${sample.generator}, sample ${sample.index} of ${task.id}`,
        taskId: task.id,
        text: sample.text,
        form: writer.promptKind,
        generator: sample.generator,
        passed: null,
        meanLogProbability: sample.meanLogProbability,
      },
      task,
      code,
      rejected,
      dedupeKey,
    };
  }
}

async function requestFor(
  task: Task,
  language: Language,
  writer: OpenWriter,
  onNotice: (text: string) => void,
): Promise<WriterRequest | null> {
  try {
    return await writerRequest(task, language, writer, onNotice);
  } catch (error) {
    if (!(error instanceof CodejuryError) || error.code !== 'context-length') throw error;
    onNotice(`task ${task.id} does not fit the context of ${writer.model.name}: no candidates of it`);
    return null;
  }
}
