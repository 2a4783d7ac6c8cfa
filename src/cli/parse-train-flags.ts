import { probeFeaturesSchema, probePoolingSchema } from '../contracts/probe.ts';
import {
  architectureSchema,
  faultSchemeSchema,
  headSchema,
  objectiveSchema,
  packingSchema,
  trainingMethodSchema,
} from '../contracts/training-choices.ts';
import { CodejuryError } from '../errors.ts';
import type { TrainOptions } from '../pipeline/train/train-options.ts';
import { naturalNumber, oneOf, positiveInteger } from './execution-settings.ts';
import type { TrainFlags } from './train-flags.ts';

type ParsedOptions = Omit<TrainOptions, 'env' | 'signal' | 'onProgress' | 'onDownload' | 'onNotice'>;

/** @throws {CodejuryError} `usage` naming the flag, what was expected and what was received. */
export function trainOptions(flags: TrainFlags): ParsedOptions {
  const { dataset, out, plan } = flags;
  if (dataset === undefined) throw missing('--dataset FOLDER', '`codejury dataset build` makes one');
  if (out === undefined && plan === undefined) {
    throw missing('--out FOLDER', 'the place of the judge, e.g. judges/mine');
  }
  if (plan !== undefined && flags.method === 'probe') {
    throw new CodejuryError('usage', '--plan is for training elsewhere, and a probe needs no other machine', {
      hint: 'leave --plan out, or train with --method lora, full or qlora',
    });
  }
  const architecture = oneOf('--architecture', flags.architecture, architectureSchema.options);
  const promptKind = flags.promptKind ?? (architecture === 'decoder' ? 'chat' : 'text');
  return {
    dataset,
    out: out ?? String(plan),
    plan: plan ?? null,
    licence: flags.licence ?? null,
    model: flags.model,
    method: oneOf('--method', flags.method, trainingMethodSchema.options),
    objective: oneOf('--objective', flags.objective, objectiveSchema.options),
    scheme: oneOf('--scheme', flags.scheme, faultSchemeSchema.options),
    architecture,
    head: oneOf('--head', flags.head, headSchema.options),
    epochs: orNull('--epochs', flags.epochs, positiveInteger),
    learningRate: orNull('--learning-rate', flags.learningRate, (flag, text) => between(flag, text, 0, 1)),
    batchSize: orNull('--batch-size', flags.batchSize, positiveInteger),
    rank: orNull('--rank', flags.rank, positiveInteger),
    layers: orNull('--layers', flags.layers, positiveInteger),
    maxLength: orNull('--max-length', flags.maxLength, positiveInteger),
    layout: oneOf('--layout', flags.layout, ['zero-shot', 'compact']),
    promptKind: oneOf('--prompt-kind', promptKind, ['chat', 'text']),
    classWeights: flags.classWeights === true,
    balanceTasks: flags.balanceTasks === true,
    labelSmoothing: between('--label-smoothing', flags.labelSmoothing, 0, 0.5),
    packing: flags.packing === undefined ? null : oneOf('--packing', flags.packing, packingSchema.options),
    pairwise: between('--pairwise', flags.pairwise, 0, 100),
    cacheLowerLayers: flags.cacheLowerLayers === true,
    fixPairs: flags.fixPairs ?? null,
    seed: naturalNumber('--seed', flags.seed),
    limitRows: orNull('--limit-rows', flags.limitRows, positiveInteger),
    adapter: flags.adapter ?? null,
    probeLayers:
      flags.probeLayers?.split(',').map((layer) => positiveInteger('--probe-layers', layer.trim())) ?? null,
    pooling:
      flags.pooling === undefined ? null : oneOf('--pooling', flags.pooling, probePoolingSchema.options),
    features:
      flags.features === undefined ? null : oneOf('--features', flags.features, probeFeaturesSchema.options),
    accelerateConfig: flags.accelerateConfig ?? null,
    resume: flags.resume === true,
    offline: flags.offline === true,
  };
}

/** @throws {CodejuryError} `usage` without `--out`. */
export function importOptions(flags: TrainFlags): {
  readonly folder: string;
  readonly out: string;
  readonly licence: string | null;
  readonly offline: boolean;
} {
  if (flags.out === undefined) throw missing('--out FOLDER', 'the place of the judge, e.g. judges/mine');
  const { out, licence = null, offline = false } = flags;
  return { folder: String(flags.import), out, licence, offline };
}

/** The error of a flag that this way of using the command needs. */
function missing(flag: string, hint: string): CodejuryError {
  return new CodejuryError('usage', `expected ${flag}`, { hint });
}

function orNull<T>(
  flag: string,
  text: string | undefined,
  parse: (flag: string, text: string) => T,
): T | null {
  return text === undefined ? null : parse(flag, text);
}

function between(flag: string, text: string, low: number, high: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= low && value <= high)) {
    throw new CodejuryError(
      'usage',
      `${flag}: expected a number from ${low} to ${high}, received ${JSON.stringify(text)}`,
    );
  }
  return value;
}
