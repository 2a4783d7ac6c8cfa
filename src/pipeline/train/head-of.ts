import { CodejuryError } from '../../errors.ts';
import { readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import type { RunConfig } from '../../train/run-config.ts';
import { DEFAULT_DEPTH } from './run-train-probe.ts';
import type { TrainOptions } from './train-options.ts';

/** The head begins as a probe of the model as it is, penalised as was best there (3,500 candidates of 280 tasks). */
const STRENGTH = 0.01;

/**
 * The head that `--head` asks for: on the layer of `--probe-layers`, else at two thirds of the base.
 *
 * @throws {CodejuryError} `usage` where no head can be trained: for other methods, objectives and bases, with a first stage, for
 *   several layers, or one that is none; `model` for a base that does not say how many layers it has, and as readGgufHeader.
 */
export async function headOf(
  base: RunConfig['base'],
  { head, method, objective, architecture, fixPairs, probeLayers, features }: TrainOptions,
): Promise<RunConfig['head']> {
  if (head === 'label') return null;
  const fault = (message: string, hint: string) => new CodejuryError('usage', message, { hint });
  if (method !== 'lora' || objective !== 'verdict' || architecture !== 'decoder') {
    throw fault(
      '--head probe reads verdicts from a decoder with a LoRA beside it',
      'use --method lora and --objective verdict, or leave --head out',
    );
  }
  if (fixPairs !== null) {
    throw fault('--head probe is trained in one stage, not after --fix-pairs', 'leave one of the two out');
  }
  if (base.kind !== 'gguf') {
    throw fault(
      '--head probe needs a model that the engine serves, whose states it reads',
      'name a model of `codejury models list` or a GGUF file',
    );
  }
  const { entries } = await readGgufHeader(base.path);
  const metadata = new Map(entries.map(({ key, value }) => [key, value]));
  const key = `${metadata.get('general.architecture')}.block_count`;
  const count = metadata.get(key);
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1) {
    throw new CodejuryError('model', `${base.path} does not say how many layers it has (${key})`, {
      hint: 'name a model of `codejury models list`, or convert the file anew with llama.cpp',
    });
  }
  const [layer = Math.max(1, Math.round(DEFAULT_DEPTH * count)), ...others] = probeLayers ?? [];
  if (others.length > 0) throw fault('--probe-layers: a head reads one layer', 'e.g. --probe-layers 20');
  if (layer > count) {
    throw fault(
      `--probe-layers: the model has ${count} layers, received ${layer}`,
      `expected a number from 1 to ${count}`,
    );
  }
  return { layer, strength: STRENGTH, features };
}
