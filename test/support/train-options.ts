import type { TrainOptions } from '../../src/pipeline/train/train-options.ts';

/** Options of a short training with every default of the command line; a signal that never fires. */
export function tinyTrainOptions(
  places: Pick<TrainOptions, 'dataset' | 'model' | 'out'>,
  overrides: Partial<TrainOptions> = {},
): TrainOptions {
  return {
    ...places,
    method: 'lora',
    objective: 'verdict',
    scheme: 'ternary',
    architecture: 'decoder',
    epochs: 1,
    learningRate: null,
    batchSize: 4,
    rank: 4,
    layers: null,
    maxLength: null,
    layout: 'compact',
    promptKind: 'chat',
    classWeights: false,
    balanceTasks: false,
    labelSmoothing: 0,
    packing: null,
    pairwise: 0,
    cacheLowerLayers: false,
    fixPairs: null,
    seed: 1,
    limitRows: null,
    accelerateConfig: null,
    adapter: null,
    probeLayers: null,
    pooling: null,
    features: null,
    plan: null,
    resume: false,
    offline: true,
    env: process.env,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...overrides,
  };
}
