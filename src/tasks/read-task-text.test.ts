import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTaskText, TASK_FILE_LIMIT_BYTES } from './read-task-text.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-task-text-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test('returns the text without a byte order mark', async () => {
  expect(await readTaskText(await fileWith('bom.yaml', '\ufeffid: gr\u00fcn\n'))).toBe('id: gr\u00fcn\n');
});

test('accepts exactly the limit and refuses one byte more', async () => {
  const full = 'x'.repeat(TASK_FILE_LIMIT_BYTES);
  expect(await readTaskText(await fileWith('full.yaml', full))).toHaveLength(TASK_FILE_LIMIT_BYTES);
  await expect(readTaskText(await fileWith('over.yaml', `${full}x`))).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/over\.yaml: expected at most 1048576 bytes, received more/),
  });
});

test.each([
  ['empty', '', 'usage', /received an empty file/],
  ['blank', ' \n\t\n', 'usage', /received an empty file/],
  ['nul', 'id: a\0b', 'usage', /received a binary file/],
  ['latin1', Uint8Array.of(0x67, 0x72, 0xfc, 0x6e), 'usage', /expected UTF-8 text/],
])('refuses %s content', async (name, content, code, message) => {
  await expect(readTaskText(await fileWith(name, content))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

test('names a missing file and a folder', async () => {
  await expect(readTaskText(join(folder, 'missing.yaml'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(readTaskText(folder)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/received a folder/),
  });
});

test('a device without an end stops at the limit', async () => {
  await expect(readTaskText('/dev/zero')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/at most/),
  });
});
