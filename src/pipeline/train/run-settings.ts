import { CodejuryError } from '../../errors.ts';
import { questionLayout } from '../../train/question-layout.ts';
import { RUN_FORMAT, type RunConfig } from '../../train/run-config.ts';
import { trainingDefaults } from '../../train/training-defaults.ts';
import type { TrainOptions } from './train-options.ts';

/** In tokens: three times the median of a zero-shot question about a function of a benchmark. */
const DEFAULT_MAX_LENGTH = 1024;

const DEFAULT_RANK = 16;

/** Rows computed at once: more gains nothing on a processor, and costs memory. */
const MOST_ROWS_AT_ONCE = 8;

/** RankEF's, in steps; else a share of all steps. */
const WARMUP = { rankef: 200, other: 0.05 };

/** Half of the loss is the label's, where a text of any length follows it or stands beside it. */
const LABEL_SHARE = 0.5;

const CHECKPOINT_SECONDS = 600;

type Settings = Omit<RunConfig, 'codejury' | 'base' | 'head' | 'labels' | 'dataset' | 'files' | 'rows'>;

/**
 * The part of a run's config that is settings: what was asked for, and the defaults for the rest.
 *
 * @throws {CodejuryError} `usage` for flags that need others.
 */
export function runSettings(options: TrainOptions & { readonly method: RunConfig['method'] }): Settings {
  const { method, objective, layout } = options;
  const defaults = trainingDefaults(method, objective);
  const batchSize = options.batchSize ?? defaults.batchSize;
  const rank = options.rank ?? DEFAULT_RANK;
  // RankEF keeps its rate after warming up. With few steps it would never end warming up.
  const paced = objective === 'rankef' && options.architecture === 'encoder-decoder';
  const packing = options.packing ?? (options.architecture === 'decoder' ? 'task' : 'none');
  requireSense(options, packing);
  return {
    format: RUN_FORMAT,
    objective,
    method,
    architecture: options.architecture,
    scheme: objective === 'faults' ? options.scheme : null,
    prompt: { layout: questionLayout(objective, layout), kind: options.promptKind },
    balanceTasks: options.balanceTasks,
    limitRows: options.limitRows,
    epochs: options.epochs ?? defaults.epochs,
    firstStageEpochs: 1,
    learningRate: options.learningRate ?? defaults.learningRate,
    weightDecay: defaults.weightDecay,
    warmup: paced ? WARMUP.rankef : WARMUP.other,
    schedule: paced ? 'constant_with_warmup' : 'linear',
    batchSize,
    microBatchSize: largestDivisor(batchSize, MOST_ROWS_AT_ONCE),
    lora: method === 'full' ? null : { rank, alpha: 2 * rank, dropout: 0 },
    layers: options.layers,
    maxLength: options.maxLength ?? DEFAULT_MAX_LENGTH,
    classWeights: options.classWeights,
    labelSmoothing: options.labelSmoothing,
    labelShare: objective === 'verdict+feedback' || objective === 'rankef' ? LABEL_SHARE : null,
    packing,
    pairwise: options.pairwise,
    seed: options.seed,
    precision: 'auto',
    gradientCheckpointing: false,
    cacheLowerLayers: options.cacheLowerLayers,
    checkpointSeconds: CHECKPOINT_SECONDS,
  };
}

function requireSense(options: TrainOptions, packing: RunConfig['packing']): void {
  const { architecture, cacheLowerLayers, layers, objective, pairwise, promptKind } = options;
  const fault = (message: string, hint: string) => new CodejuryError('usage', message, { hint });
  if (architecture !== 'decoder' && (packing === 'task' || cacheLowerLayers)) {
    throw fault(
      `${cacheLowerLayers ? '--cache-lower-layers' : '--packing task'} needs a decoder`,
      'leave it out with --architecture encoder-decoder',
    );
  }
  if (architecture !== 'decoder' && promptKind === 'chat') {
    throw fault('--prompt-kind chat needs a decoder', 'an encoder-decoder reads texts as they stand');
  }
  if (cacheLowerLayers && layers === null) {
    throw fault(
      '--cache-lower-layers needs --layers: where all layers are trained, none stays as it is',
      'e.g. --layers 10',
    );
  }
  if (pairwise > 0 && (packing === 'none' || objective === 'generate')) {
    throw fault('--pairwise compares labelled rows of a task in one pack', 'it needs --packing task');
  }
}

function largestDivisor(value: number, most: number): number {
  let divisor = Math.min(value, most);
  while (value % divisor !== 0) divisor -= 1;
  return divisor;
}
