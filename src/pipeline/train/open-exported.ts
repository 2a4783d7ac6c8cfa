import { judgeConfigSchema } from '../../contracts/team.ts';
import type { LanguageModel } from '../../lm/language-model.ts';
import type { JudgeLabel } from '../../prompts/judge-prompt.ts';
import type { ModelOpener } from '../open-model.ts';
import type { ExportedModel } from './export-trained.ts';

/** Opens what was exported into `folder` as a judge's profile there would; `labels` null = it is not asked for any. */
export async function openExported(
  opener: ModelOpener,
  { model: reference, adapter }: ExportedModel,
  folder: string,
  labels: readonly JudgeLabel[] | null,
): Promise<LanguageModel> {
  const config = judgeConfigSchema.parse({ model: reference });
  const { model } = await opener.open({ ...config, model: reference, adapter, labels, folder });
  return model;
}
