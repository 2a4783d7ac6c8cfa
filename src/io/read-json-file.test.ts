import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readJsonFile } from './read-json-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-json-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('reads one document, and tells a missing file from a damaged one', async () => {
  const file = join(folder, 'a.json');
  writeFileSync(file, '{\n  "a": [1]\n}\n');
  expect(await readJsonFile(file, 'probe', 'h')).toEqual({ a: [1] });
  writeFileSync(file, '{ "a":');
  await expect(readJsonFile(file, 'probe', 'h')).rejects.toMatchObject({ code: 'usage', hint: 'h' });
  await expect(readJsonFile(join(folder, 'b'), 'probe', 'h')).rejects.toMatchObject({
    code: 'not-found',
    message: `there is no probe ${join(folder, 'b')}`,
  });
});
