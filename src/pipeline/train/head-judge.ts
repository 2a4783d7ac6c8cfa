import { basename, join } from 'node:path';
import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { readJsonFile } from '../../io/read-json-file.ts';
import { createProbeStrategy } from '../../judge/probe-strategy.ts';
import type { JudgeTemplate } from '../../prompts/judge-template.ts';
import type { RunConfig } from '../../train/run-config.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { openModelOpener } from '../open-model.ts';
import { fitLevels, meritOf } from './compare-probes.ts';
import type { DeliverOptions } from './deliver-trained.ts';
import type { ExportedModel } from './export-trained.ts';
import { measureProbe } from './measure-probe.ts';
import { openExported } from './open-exported.ts';
import { readEvidence } from './read-probe-rows.ts';
import type { ServedJudge } from './served-judge.ts';
import { readProbedRows } from './validation-rows.ts';
import { writeProbe } from './write-probe.ts';

/** `result/head.json`: the head that the trainer leaves beside the adapter. */
const headFileSchema = z.strictObject({
  layer: z.int().positive(),
  coefficients: z.array(z.number()).min(1),
  intercept: z.number(),
});

/**
 * The judge of a run that trained a head: the direction is the trainer's, level, threshold and the weight of the code's likelihood
 * are fitted on what the served model says of the candidates of validation. Writes `probe.json`.
 *
 * @throws {CodejuryError} `not-found` or `usage` for the trainer's file of the head, missing or damaged; `usage` for a head that holds
 *   for no task of validation; what the engine reports; `aborted`.
 */
export async function headJudge(
  runFolder: string,
  { head, prompt, seed }: RunConfig,
  exported: ExportedModel,
  options: DeliverOptions,
): Promise<ServedJudge> {
  const { out } = options;
  const file = join(runFolder, 'result', 'head.json');
  const hint = `remove the folder ${runFolder} and train anew`;
  const { layer, ...direction } = parseStrict(headFileSchema, await readJsonFile(file, 'head', hint), file);
  const rows = await readProbedRows(runFolder);
  const opener = openModelOpener(options);
  try {
    const model = await openExported(opener, exported, out, null);
    const features = head?.features ?? (model.scoreText === undefined ? 'states' : 'states+likelihood');
    const evidence = await readEvidence(model, layer, rows, features, {
      ...options,
      layout: prompt.layout,
      promptKind: prompt.kind,
    });
    const [best] = fitLevels(layer, direction, evidence, seed)
      .filter(({ second }) => second !== null || head?.features !== 'states+likelihood')
      .sort((a, b) => meritOf(b) - meritOf(a));
    if (best === undefined) {
      throw new CodejuryError('usage', 'what the head learned holds for no candidate of validation', {
        hint: 'it takes training and validation tasks with correct and wrong candidates; more data, or more epochs',
      });
    }
    const probe = await writeProbe(best, out);
    const template: JudgeTemplate = {
      method: 'probe',
      layout: prompt.layout,
      labels: null,
      promptKind: prompt.kind,
    };
    return {
      ...measureProbe(basename(out), probe.probe, evidence, seed),
      template,
      templateHash: createProbeStrategy(template, probe).templateHash,
      probe,
      chosen: { layer, features: best.second === null ? 'states' : 'states+likelihood' },
    };
  } finally {
    await opener.dispose();
  }
}
