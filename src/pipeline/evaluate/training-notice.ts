import { dirname, join } from 'node:path';
import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import { hashFile } from '../../io/hash-file.ts';
import type { Truth } from './read-truth.ts';

/**
 * What has to be said of a judge that is measured on the tasks it was trained on: nothing, where labels are not of that dataset or
 * only of other parts of it.
 */
export async function trainingNotice(
  { name, training }: Pick<JudgeProfile, 'name' | 'training'>,
  { file, splits }: Pick<Truth, 'file' | 'splits'>,
  split: string | null,
): Promise<string[]> {
  const measuresTraining = split === 'train' || (split === null && splits.has('train'));
  if (training === null || !measuresTraining) return [];
  const card = await hashFile(join(dirname(file), 'data-card.json')).catch(() => null);
  return card === training.datasetDigest
    ? [
        `${name} was trained on this dataset, and is measured on its training tasks here: what is shown flatters it`,
      ]
    : [];
}
