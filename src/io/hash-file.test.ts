import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashFile } from './hash-file.ts';
import type { Progress } from './progress.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codejury-io-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('hashes files of many pieces, and says how far it is', async () => {
  const bytes = Buffer.alloc(3 * 1024 * 1024 + 17, 'codejury');
  await writeFile(path.join(folder, 'f'), bytes);
  const seen: Progress[] = [];
  const digest = await hashFile(path.join(folder, 'f'), { onProgress: (progress) => seen.push(progress) });
  expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(seen.at(-1)).toMatchObject({
    phase: 'verify',
    receivedBytes: bytes.length,
    totalBytes: bytes.length,
  });
});

it('stops when the signal fires', async () => {
  await writeFile(path.join(folder, 'f'), 'x');
  await expect(hashFile(path.join(folder, 'f'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'aborted',
  });
});
