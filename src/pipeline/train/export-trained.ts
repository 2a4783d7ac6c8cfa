import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { hashFile } from '../../io/hash-file.ts';
import { TRANSFORMERS_PREFIX } from '../../lm/transformers/model-prefix.ts';
import { formatModelReference, parseModelReference } from '../../models/model-reference.ts';
import { exportAdapter } from '../../train/export/export-adapter.ts';
import { exportWeights } from '../../train/export/export-weights.ts';
import type { WeightFormat } from '../../train/export/quantize.ts';
import type { RunConfig } from '../../train/run-config.ts';
import type { DeliverOptions } from './deliver-trained.ts';
import { resolveBase } from './resolve-base.ts';

export interface ExportedModel {
  /** References for a profile in the folder it was exported to. */
  readonly model: string;
  readonly modelDigest: string | null;
  readonly adapter: string | null;
  readonly adapterDigest: string | null;
}

const ADAPTER = 'adapter.gguf';
const MODEL = 'model.gguf';
const MODEL_FOLDER = 'model';
/** Half the size of F16, and its rounding is small beside that of 4-bit bases. */
const WEIGHT_FORMAT: WeightFormat = 'Q8_0';

/** An encoder-decoder is served by Python, which reads its folder as it is. */
async function copyFolder(result: string, out: string): Promise<ExportedModel> {
  const folder = join(out, MODEL_FOLDER);
  await rm(folder, { recursive: true, force: true });
  await cp(result, folder, { recursive: true });
  return {
    model: `${TRANSFORMERS_PREFIX}${MODEL_FOLDER}`,
    modelDigest: await hashFile(join(folder, 'model.safetensors')),
    adapter: null,
    adapterDigest: null,
  };
}

/**
 * Writes what a run trained as the engine reads it, into `out`: an adapter for the base, or all weights.
 *
 * @throws {CodejuryError} as exportAdapter, exportWeights and resolveBase do.
 */
export async function exportTrained(
  runFolder: string,
  config: RunConfig,
  options: Pick<DeliverOptions, 'out' | 'env' | 'signal' | 'offline' | 'onDownload' | 'onNotice'>,
): Promise<ExportedModel> {
  const { out, env, signal } = options;
  if (config.architecture === 'encoder-decoder') return copyFolder(join(runFolder, 'result'), out);
  const { base, chatTemplate } = await resolveBase({ ...options, model: config.base.reference });
  if (config.method === 'full') {
    const file = join(out, MODEL);
    await exportWeights({
      weights: join(runFolder, 'result', 'model.safetensors'),
      base: base.path,
      out: file,
      format: WEIGHT_FORMAT,
      name: `${config.base.reference}, trained`,
      chatTemplate,
      signal,
    });
    return {
      model: `file:${MODEL}`,
      modelDigest: await hashFile(file, { signal }),
      adapter: null,
      adapterDigest: null,
    };
  }
  const file = join(out, ADAPTER);
  await exportAdapter({
    folder: join(runFolder, 'result'),
    base: await readGgufHeader(base.path),
    out: file,
    format: 'F16',
  });
  return {
    model: formatModelReference(parseModelReference(config.base.reference, { env })),
    modelDigest: base.digest,
    adapter: ADAPTER,
    adapterDigest: await hashFile(file, { signal }),
  };
}
