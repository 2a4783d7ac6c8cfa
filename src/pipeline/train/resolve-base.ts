import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { TRANSFORMERS_PREFIX } from '../../lm/transformers/model-prefix.ts';
import { chatTemplateOf } from '../../models/chat-templates.ts';
import { parseModelReference } from '../../models/model-reference.ts';
import type { RunConfig } from '../../train/run-config.ts';
import { openModelStore } from '../manage-models.ts';
import type { TrainOptions } from './train-options.ts';

/** What is trained; the engine knows its tokens where it is a GGUF file. */
export interface TrainingBase {
  readonly base: RunConfig['base'];
  readonly chatTemplate: string | null;
}

/**
 * The base of a training: the very file that the engine serves, or what transformers loads.
 *
 * @throws {CodejuryError} `usage` for a server's model; and as the model store does.
 */
export async function resolveBase(
  options: Pick<TrainOptions, 'model' | 'env' | 'signal' | 'offline' | 'onDownload' | 'onNotice'>,
): Promise<TrainingBase> {
  const { model, env, signal, offline } = options;
  const named = model.startsWith(TRANSFORMERS_PREFIX) ? model.slice(TRANSFORMERS_PREFIX.length) : model;
  const folder = await stat(join(named, 'config.json')).catch(() => null);
  if (folder !== null || model.startsWith(TRANSFORMERS_PREFIX)) {
    const path = folder === null ? named : resolve(named);
    const base = {
      kind: 'transformers',
      reference: `${TRANSFORMERS_PREFIX}${path}`,
      path,
      digest: null,
    } as const;
    return { base, chatTemplate: null };
  }
  const reference = parseModelReference(model, { env });
  if (reference.kind === 'openai') {
    throw new CodejuryError('usage', `--model: ${model} sits behind a server, where nobody can train it`, {
      hint: 'name the weights: a model of `codejury models list`, a GGUF file, or transformers:FOLDER_OR_NAME',
    });
  }
  const file = await openModelStore(env).ensure(reference, {
    signal,
    offline,
    onProgress: (progress) => options.onDownload?.(model, progress),
    onNotice: (notice) => options.onNotice?.(notice.message),
  });
  return {
    base: { kind: 'gguf', reference: model, path: file.path, digest: file.sha256 },
    chatTemplate: chatTemplateOf(file.entry),
  };
}
