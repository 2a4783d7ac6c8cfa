import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import { type JudgeProfile, judgeProfileSchema } from '../../contracts/judge-profile.ts';
import { CodejuryError } from '../../errors.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { findModelEntry } from '../../models/registry.ts';
import { renderModelCard } from '../../train/model-card.ts';
import type { RunConfig } from '../../train/run-config.ts';
import type { DeliverOptions } from './deliver-trained.ts';
import { exportTrained } from './export-trained.ts';
import { headJudge } from './head-judge.ts';
import { labelJudge } from './label-judge.ts';
import { bestMetrics, type Trained } from './train-result.ts';
import { readDataFacts } from './validation-prompts.ts';
import { PROBE_FILE } from './write-probe.ts';

/**
 * Makes a judge of a finished run, in the folder `out`: the weights as the engine reads them, `README.md`, and last `profile.json`
 * with the calibration and the metrics that it earned on validation as it is served.
 *
 * @throws {CodejuryError} as exportTrained, labelJudge and headJudge do; `usage` for a run without labels.
 */
export async function finishJudge(
  runFolder: string,
  config: RunConfig,
  trained: Trained,
  options: DeliverOptions,
): Promise<JudgeProfile> {
  const { onProgress } = options;
  const out = resolve(options.out);
  const { objective } = config;
  if (config.labels === null || objective === 'generate') {
    throw new CodejuryError('usage', `${runFolder} trained a generator, which is no judge`);
  }
  await mkdir(out, { recursive: true });
  onProgress({ kind: 'exporting', what: 'writing the weights' });
  const exported = await exportTrained(runFolder, config, { ...options, out });
  onProgress({ kind: 'exporting', what: 'measuring the judge as it is served' });
  const { template, templateHash, probe, chosen, metrics, warnings, ...calibration } = await (config.head ===
  null
    ? labelJudge(runFolder, { ...config, objective }, exported, { ...options, out })
    : headJudge(runFolder, config, exported, { ...options, out }));
  const profile = judgeProfileSchema.parse({
    name: basename(out),
    licence: options.licence,
    ...exported,
    method: template.method,
    labels: template.labels?.map((label) => ({ ...label, forms: [...label.forms] })) ?? null,
    layout: template.layout,
    promptKind: template.promptKind,
    templateHash,
    ...(probe === null ? {} : { probe: PROBE_FILE, probeDigest: probe.digest }),
    ...calibration,
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value])),
    trainedOn: `${config.dataset.name}: ${trained.rows.train} rows of training tasks`,
    training: {
      objective,
      method: config.method,
      datasetDigest: config.dataset.digest,
      rows: trained.rows.train,
      epochs: trained.bestEpoch ?? trained.epochs,
      seed: config.seed,
      settings: { ...settingsOf(config, trained), ...chosen },
    },
  } satisfies z.input<typeof judgeProfileSchema>);
  const card = renderModelCard({
    profile,
    metrics,
    trainerMetrics: bestMetrics(trained),
    rows: trained.rows,
    baseLicence: findModelEntry(profile.model)?.licence ?? null,
    data: await readDataFacts(runFolder),
    versions: trained.versions,
  });
  await writeFileAtomically(join(out, 'README.md'), card);
  await writeFileAtomically(join(out, 'profile.json'), `${JSON.stringify(profile, null, 2)}\n`);
  for (const warning of warnings) options.onNotice?.(`warning: ${warning}`);
  return profile;
}

function settingsOf(config: RunConfig, { versions }: Trained) {
  const { learningRate, weightDecay, batchSize, lora, layers, epochs, maxLength } = config;
  const { packing, pairwise, labelShare, head } = config;
  return {
    codejury: config.codejury,
    epochsTrained: epochs,
    learningRate,
    weightDecay,
    batchSize,
    maxLength,
    layers,
    rank: lora?.rank ?? null,
    alpha: lora?.alpha ?? null,
    balanceTasks: config.balanceTasks,
    classWeights: config.classWeights,
    labelSmoothing: config.labelSmoothing,
    labelShare,
    packing,
    pairwise,
    ...(head === null ? {} : { headStrength: head.strength }),
    firstStage: config.files.firstStage !== null,
    torch: versions.torch ?? null,
    transformers: versions.transformers ?? null,
  };
}
