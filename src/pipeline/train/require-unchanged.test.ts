import { createHash } from 'node:crypto';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { writeTinyDataset } from '../../../test/support/tiny-dataset.ts';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { readDataset } from './read-dataset.ts';
import { requireUnchanged } from './require-unchanged.ts';

async function dataset() {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const text = '{"label":0}\n';
  const sha256 = createHash('sha256').update(text).digest('hex');
  writeFileSync(folder.path('candidates.jsonl'), text);
  writeFileSync(
    folder.path('data-card.json'),
    JSON.stringify({ codejury: '0', files: [{ file: 'candidates.jsonl', lines: 1, sha256 }] }),
  );
  return folder;
}

it('takes files that are as the card says, and those it does not list', async () => {
  const folder = await dataset();
  writeFileSync(folder.path('tasks.jsonl'), '');
  expect(await requireUnchanged(folder.path('.'), ['candidates.jsonl', 'tasks.jsonl'])).toBeUndefined();
});

it('refuses a file that was edited or is missing, unless it is not read', async () => {
  const folder = await dataset();
  appendFileSync(folder.path('candidates.jsonl'), '{"label":1}\n');
  const check = (...names: string[]) => requireUnchanged(folder.path('.'), names);
  await expect(check('candidates.jsonl')).rejects.toMatchObject({
    code: 'digest-mismatch',
    message: expect.stringContaining('candidates.jsonl has changed since'),
  });
  rmSync(folder.path('candidates.jsonl'));
  await expect(check('candidates.jsonl')).rejects.toThrow('is missing');
  expect(await check('tasks.jsonl')).toBeUndefined();
});

it('is what a training looks at first', async () => {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const path = writeTinyDataset(folder.path('dataset'));
  const files = [{ file: 'candidates.jsonl', lines: 1, sha256: '0'.repeat(64) }];
  writeFileSync(folder.path('dataset/data-card.json'), JSON.stringify({ files }));
  await expect(readDataset(path)).rejects.toMatchObject({ code: 'digest-mismatch' });
});
