import { basename, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type JudgeProfile, judgeProfileSchema } from '../../contracts/judge-profile.ts';
import { type ProbeFeatures, probePoolingSchema } from '../../contracts/probe.ts';
import { judgeConfigSchema } from '../../contracts/team.ts';
import { CodejuryError } from '../../errors.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { createProbeStrategy } from '../../judge/probe-strategy.ts';
import { type LanguageModel, requireCapability } from '../../lm/language-model.ts';
import { formatModelReference, parseModelReference } from '../../models/model-reference.ts';
import type { JudgeTemplate } from '../../prompts/judge-template.ts';
import { chooseRows } from '../../train/choose-rows.ts';
import { openModelOpener } from '../open-model.ts';
import { packageVersion } from '../package-version.ts';
import { describeProbe, type FittedProbe, fitProbes, meritOf } from './compare-probes.ts';
import { measureProbe } from './measure-probe.ts';
import { readDataset, type TrainingDataset } from './read-dataset.ts';
import { type ProbeRow, readEvidence } from './read-probe-rows.ts';
import type { TrainOptions, TrainResult } from './train-options.ts';
import { PROBE_FILE, writeProbe, writeProbeAdapter } from './write-probe.ts';

/** Inner layers know more of whether code is right than the last ones, which prepare the next token. */
export const DEFAULT_DEPTH = 2 / 3;

/**
 * Trains the judge without Python: hidden states and likelihoods that the frozen model has for each candidate, kept on disk, and a
 * logistic model on them. Killed however it may be, the same command goes on from what it has.
 *
 * @throws {CodejuryError} `usage` for a dataset there is nothing to learn from, a layer that is none, or a model behind a
 *   server; `aborted`; what the engine and the disk say.
 */
export async function runTrainProbe(options: TrainOptions): Promise<TrainResult> {
  const startedAt = performance.now();
  const { onProgress } = options;
  if (options.objective !== 'verdict') {
    throw new CodejuryError('usage', `--objective ${options.objective}: a probe learns verdicts only`, {
      hint: 'leave --objective out, or use --method lora',
    });
  }
  const reference = modelReference(options);
  onProgress({ kind: 'preparing', what: 'reading the dataset' });
  const dataset = await readDataset(options.dataset);
  const { train, validation } = chooseProbeRows(dataset, options);
  const opener = openModelOpener(options);
  try {
    onProgress({ kind: 'preparing', what: 'loading the model' });
    const { model } = await opener.open({
      ...judgeConfigSchema.parse({ model: reference, adapter: options.adapter }),
      model: reference,
      labels: null,
      folder: process.cwd(),
    });
    const features = featuresOf(model, options);
    const fitted: FittedProbe[] = [];
    for (const layer of layersOf(model, options)) {
      const evidence = await readEvidence(model, layer, train, features, options);
      const poolings = options.pooling === null ? probePoolingSchema.options : [options.pooling];
      onProgress({ kind: 'preparing', what: `fitting on the states of layer ${layer}` });
      const probes = fitProbes(layer, evidence, poolings, options.seed);
      // What was asked for by name is taken; else held-out tasks decide.
      fitted.push(
        ...probes.filter(({ second }) => second !== null || options.features !== 'states+likelihood'),
      );
    }
    fitted.sort((a, b) => meritOf(b) - meritOf(a));
    const best = fitted[0];
    if (best === undefined) throw nothingToLearn(options.dataset);
    const needed = best.second === null ? 'states' : 'states+likelihood';
    const used = await readEvidence(model, best.layer, validation, needed, options);
    const written = await writeProbe(best, options.out);
    const name = basename(resolve(options.out));
    const { warnings, metrics, ...calibration } = measureProbe(name, written.probe, used, options.seed);
    const adapter = await writeProbeAdapter(options);
    const profile = judgeProfileSchema.parse({
      name,
      licence: options.licence,
      model: reference,
      // The digest of a model with an adapter ends with the adapter's.
      modelDigest: model.digest?.split('+')[0] ?? null,
      ...adapter,
      method: 'probe',
      layout: options.layout,
      promptKind: options.promptKind,
      probe: PROBE_FILE,
      probeDigest: written.digest,
      templateHash: createProbeStrategy(templateOf(options), written).templateHash,
      ...calibration,
      metrics: Object.fromEntries(Object.entries(metrics).map(([key, { value }]) => [key, value])),
      trainedOn: `${dataset.name}: ${train.length} candidates of training tasks`,
      training: {
        objective: options.objective,
        method: 'probe',
        datasetDigest: dataset.digest,
        rows: train.length,
        epochs: null,
        seed: options.seed,
        settings: {
          codejury: await packageVersion(),
          layer: best.layer,
          pooling: best.pooling,
          features: needed,
          acrossStrength: best.fit.acrossStrength,
          withinStrength: best.fit.withinStrength,
          shareWithinTasks: best.fit.share,
          balanceTasks: options.balanceTasks,
          limitRows: options.limitRows,
        },
      },
    } satisfies Partial<JudgeProfile>);
    await writeFileAtomically(join(options.out, 'profile.json'), `${JSON.stringify(profile, null, 2)}\n`);
    for (const warning of warnings) options.onNotice?.(`warning: ${warning}`);
    return {
      out: options.out,
      kind: 'judge',
      profile,
      rows: { train: train.length, validation: used.rows.length },
      bestEpoch: null,
      metrics: profile.metrics,
      compared: fitted.map(describeProbe),
      durationMs: performance.now() - startedAt,
    };
  } finally {
    await opener.dispose();
  }
}

function chooseProbeRows(
  dataset: TrainingDataset,
  { seed, limitRows, balanceTasks, dataset: folder }: TrainOptions,
): { readonly train: readonly ProbeRow[]; readonly validation: readonly ProbeRow[] } {
  const rowsOf = (split: 'train' | 'validation', balanced: boolean): ProbeRow[] =>
    chooseRows(dataset[split], { seed, limit: limitRows, balanceTasks: balanced })
      .toSorted((a, b) => (a.taskId < b.taskId ? -1 : a.taskId > b.taskId ? 1 : 0))
      .map(({ taskId, code, label }) => {
        const task = dataset.tasks.get(taskId);
        if (task === undefined) throw new CodejuryError('usage', `${folder}: there is no task ${taskId}`);
        return { task, code, label };
      });
  const rows = { train: rowsOf('train', balanceTasks), validation: rowsOf('validation', false) };
  if (rows.train.length === 0 || rows.validation.length === 0) {
    throw new CodejuryError(
      'usage',
      `${folder}: no candidates of training tasks, or none of validation tasks`,
      {
        hint: '`codejury dataset build` divides the tasks 7:1:2; it takes some ten tasks for each part to get one',
      },
    );
  }
  return rows;
}

/** The model as it is named in the profile: a file by its absolute path. */
function modelReference({ model, env }: TrainOptions): string {
  const reference = parseModelReference(model, { env });
  if (reference.kind === 'openai') {
    throw new CodejuryError('usage', `--model: ${model} sits behind a server, where nobody sees its states`, {
      hint: 'a probe needs the weights: a model of `codejury models list` or a GGUF file',
    });
  }
  return formatModelReference(reference);
}

function layersOf({ name, layerCount = 1 }: LanguageModel, { probeLayers }: TrainOptions): readonly number[] {
  const layers = [...new Set(probeLayers ?? [Math.max(1, Math.round(DEFAULT_DEPTH * layerCount))])];
  const wrong = layers.find((layer) => layer > layerCount);
  if (wrong !== undefined) {
    throw new CodejuryError('usage', `--probe-layers: ${name} has ${layerCount} layers, received ${wrong}`, {
      hint: `expected numbers from 1 to ${layerCount}`,
    });
  }
  return layers;
}

/** @throws {CodejuryError} `capability` when likelihoods are asked for by name and the model has none. */
function featuresOf(model: LanguageModel, { features }: TrainOptions): ProbeFeatures {
  if (features === 'states+likelihood') requireCapability(model, 'scoreText');
  return features ?? (model.scoreText === undefined ? 'states' : 'states+likelihood');
}

function nothingToLearn(dataset: string): CodejuryError {
  return new CodejuryError(
    'usage',
    `${dataset}: there is nothing a probe could learn from these candidates`,
    {
      hint: 'it needs correct and wrong candidates of several training tasks, some tasks with both; more data, or another layer',
    },
  );
}

function templateOf({ layout, promptKind }: TrainOptions): JudgeTemplate {
  return { method: 'probe', layout, labels: null, promptKind };
}
