import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { JudgeMethod } from '../../contracts/judge-method.ts';
import { type JudgeProfile, judgeProfileSchema } from '../../contracts/judge-profile.ts';
import { CodejuryError } from '../../errors.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { findModelEntry } from '../../models/registry.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../../prompts/judge-template.ts';
import { renderModelCard } from '../../train/model-card.ts';
import type { RunConfig } from '../../train/run-config.ts';
import type { DeliverOptions } from './deliver-trained.ts';
import { exportTrained } from './export-trained.ts';
import { measureTrained } from './measure-trained.ts';
import { bestMetrics, type Trained } from './train-result.ts';
import { readDataFacts, readValidationPrompts } from './validation-prompts.ts';

/**
 * Makes a judge of a finished run, in the folder `out`: the weights as the engine reads them, `README.md`, and last `profile.json`
 * with the calibration and the metrics that it earned on validation as it is served.
 *
 * @throws {CodejuryError} as exportTrained and measureTrained do; `usage` for a run without labels.
 */
export async function finishJudge(
  runFolder: string,
  config: RunConfig,
  trained: Trained,
  options: DeliverOptions,
): Promise<JudgeProfile> {
  const { onProgress } = options;
  const out = resolve(options.out);
  const { labels, prompt, objective } = config;
  if (labels === null || objective === 'generate') {
    throw new CodejuryError('usage', `${runFolder} trained a generator, which is no judge`);
  }
  const prompts = await readValidationPrompts(runFolder);
  await mkdir(out, { recursive: true });
  onProgress({ kind: 'exporting', what: 'writing the weights' });
  const exported = await exportTrained(runFolder, config, { ...options, out });
  const template: JudgeTemplate = {
    method: METHOD_OF[objective],
    layout: prompt.layout,
    labels: labels.map(({ name, forms, correct }) => ({ name, forms, correct })),
    promptKind: prompt.kind,
  };
  onProgress({ kind: 'exporting', what: 'measuring the judge as it is served' });
  const measured = await measureTrained(exported, template.labels ?? [], prompts, {
    ...options,
    out,
    promptKind: prompt.kind,
    seed: config.seed,
  });
  const { metrics, warnings, ...calibration } = measured;
  const profile = judgeProfileSchema.parse({
    name: basename(out),
    ...exported,
    method: template.method,
    labels: template.labels?.map((label) => ({ ...label, forms: [...label.forms] })) ?? null,
    layout: prompt.layout,
    promptKind: prompt.kind,
    templateHash: judgeTemplateHash(template),
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
      settings: settingsOf(config, trained),
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

const METHOD_OF = {
  verdict: 'verdict',
  'verdict+feedback': 'verdict',
  rankef: 'rankef',
  faults: 'faults',
} as const satisfies Partial<Record<RunConfig['objective'], JudgeMethod>>;

function settingsOf(config: RunConfig, { versions }: Trained) {
  const { learningRate, weightDecay, batchSize, lora, layers, epochs, maxLength } = config;
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
    firstStage: config.files.firstStage !== null,
    torch: versions.torch ?? null,
    transformers: versions.transformers ?? null,
  };
}
