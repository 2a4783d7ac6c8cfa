import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { requireStudyFolder } from './require-study-folder.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

function folderWith(name: string, ...files: string[]): string {
  mkdirSync(folder.path(name));
  for (const file of files) writeFileSync(folder.path(`${name}/${file}`), '');
  return folder.path(name);
}

describe('requireStudyFolder', () => {
  it('takes a folder that is not there, an empty one, and one of a study', async () => {
    await requireStudyFolder(folder.path('none'));
    await requireStudyFolder(folderWith('empty'));
    await requireStudyFolder(folderWith('begun', 'progress.json', 'tasks.jsonl'));
    await requireStudyFolder(folderWith('planned', 'rates.json', 'notes.txt'));
  });

  it('refuses the folder of a dataset, and a file', async () => {
    const dataset = folderWith('dataset', 'tasks.jsonl', 'candidates.jsonl', 'data-card.json');
    await expect(requireStudyFolder(dataset)).rejects.toMatchObject({
      code: 'usage',
      message: `${dataset}: there are other files than a study's`,
    });
    await expect(requireStudyFolder(`${dataset}/tasks.jsonl`)).rejects.toMatchObject({ code: 'usage' });
  });
});
