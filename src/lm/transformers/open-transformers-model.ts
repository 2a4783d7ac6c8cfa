import { performance } from 'node:perf_hooks';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { LanguageModel } from '../language-model.ts';
import { startWorker, type WorkerOptions } from './worker.ts';

export interface TransformersModelOptions extends WorkerOptions {
  /** sha256 (hex) of the weights; null = not known. */
  readonly digest: string | null;
}

/**
 * Opens a RankEF judge on an encoder-decoder, as `codejury train --architecture encoder-decoder` makes it, in a Python process. It
 * can score labels and nothing else: the labels of a request are its classes, in their order.
 *
 * @throws {CodejuryError} `not-found` without Python; `model` or `capability` for a folder with another model; `engine`; `aborted`.
 */
export async function openTransformersModel(options: TransformersModelOptions): Promise<LanguageModel> {
  const { name, digest } = options;
  const worker = await startWorker(options);
  return {
    name,
    engine: 'transformers',
    digest,
    contextSize: worker.maxTokens,
    concurrency: 1,
    settings: {},
    scoreLabels: async ({ kind, system, shared, own, labels, signal }) => {
      throwIfAborted(signal);
      if (kind === 'chat' || labels.length !== worker.classes) {
        throw new CodejuryError(
          'capability',
          `${name} answers texts with one of ${worker.classes} classes, and was asked ${kind === 'chat' ? 'in a chat' : `for one of ${labels.length}`}`,
          { hint: 'use it by the profile that `codejury train` wrote: method rankef, promptKind text' },
        );
      }
      const startedAt = performance.now();
      const text = (system === null ? '' : `${system}\n\n`) + shared + own;
      const { probabilities, promptTokens } = await worker.ask(text);
      return {
        probabilities,
        upperBound: labels.map(() => false),
        promptTokens,
        cachedTokens: 0,
        durationMs: performance.now() - startedAt,
      };
    },
    dispose: worker.dispose,
  };
}
