import type { JudgeMethod } from '../../contracts/judge-method.ts';
import type { Objective } from '../../contracts/training-choices.ts';
import { type JudgeTemplate, judgeTemplateHash } from '../../prompts/judge-template.ts';
import type { RunConfig } from '../../train/run-config.ts';
import type { DeliverOptions } from './deliver-trained.ts';
import type { ExportedModel } from './export-trained.ts';
import { measureTrained } from './measure-trained.ts';
import type { ServedJudge } from './served-judge.ts';
import { readValidationPrompts } from './validation-prompts.ts';

const METHOD_OF = {
  verdict: 'verdict',
  'verdict+feedback': 'verdict',
  rankef: 'rankef',
  faults: 'faults',
} as const satisfies Record<Exclude<Objective, 'generate'>, JudgeMethod>;

/** What it takes of a run that made a judge. */
interface LabelRun extends Pick<RunConfig, 'prompt' | 'labels' | 'seed'> {
  readonly objective: keyof typeof METHOD_OF;
}

/**
 * The judge of a run whose model answers with a label.
 *
 * @throws {CodejuryError} as measureTrained and readValidationPrompts do.
 */
export async function labelJudge(
  runFolder: string,
  { objective, prompt, labels, seed }: LabelRun,
  exported: ExportedModel,
  options: DeliverOptions,
): Promise<ServedJudge> {
  const named = (labels ?? []).map(({ name, forms, correct }) => ({ name, forms, correct }));
  const template: JudgeTemplate = {
    method: METHOD_OF[objective],
    layout: prompt.layout,
    labels: named,
    promptKind: prompt.kind,
  };
  const prompts = await readValidationPrompts(runFolder);
  const measured = await measureTrained(exported, named, prompts, {
    ...options,
    promptKind: prompt.kind,
    seed,
  });
  return { ...measured, template, templateHash: judgeTemplateHash(template), probe: null, chosen: {} };
}
