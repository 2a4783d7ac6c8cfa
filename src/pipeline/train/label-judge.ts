import type { JudgeMethod } from '../../contracts/judge-method.ts';
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
  generate: 'verdict',
} as const satisfies Record<RunConfig['objective'], JudgeMethod>;

/**
 * The judge of a run whose model answers with a label.
 *
 * @throws {CodejuryError} as measureTrained and readValidationPrompts do.
 */
export async function labelJudge(
  runFolder: string,
  { objective, prompt, labels, seed }: RunConfig,
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
