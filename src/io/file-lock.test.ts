import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireFileLock } from './file-lock.ts';
import { isProcessAlive, processStartedAt } from './process-identity.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codejury-lock-'));
  file = path.join(folder, 'model.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The number of a process that ran and is gone. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

const owner = (fields: object) =>
  JSON.stringify({ host: os.hostname(), startedAt: null, token: 't', ...fields });

describe('acquireFileLock', () => {
  it('lets one in at a time and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const enter = async () => {
      const lock = await acquireFileLock(file);
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      await lock.release();
    };
    await Promise.all([enter(), enter(), enter()]);
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes over the lock of a dead process', async () => {
    await writeFile(file, owner({ pid: deadPid() }));
    const lock = await acquireFileLock(file);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('takes over when another process has the number now', async () => {
    await writeFile(file, owner({ pid: process.pid, startedAt: '1' }));
    const lock = await acquireFileLock(file);
    await lock.release();
    expect(await processStartedAt(process.pid)).toMatch(/^\d+$/);
  });

  it('takes over a broken or foreign lock only after two minutes without a sign of life', async () => {
    for (const content of ['', owner({ pid: 1, host: 'elsewhere.example' })]) {
      await writeFile(file, content);
      const controller = new AbortController();
      const waiting = acquireFileLock(file, { signal: controller.signal, onWait: () => controller.abort() });
      await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
      const threeMinutesAgo = new Date(Date.now() - 180_000);
      await utimes(file, threeMinutesAgo, threeMinutesAgo);
      await (await acquireFileLock(file)).release();
    }
  });

  it('says who it waits for', async () => {
    const held = await acquireFileLock(file);
    const waitedFor: number[] = [];
    const waiting = acquireFileLock(file, {
      onWait: (who) => {
        waitedFor.push(who?.pid ?? 0);
        void held.release();
      },
    });
    await (await waiting).release();
    expect(waitedFor).toEqual([process.pid]);
  });

  it('does not remove a lock that is no longer its own', async () => {
    const lock = await acquireFileLock(file);
    await writeFile(file, owner({ pid: process.pid }));
    await lock.release();
    expect(await readdir(folder)).toEqual(['model.lock']);
  });
});

describe('isProcessAlive', () => {
  it('tells living from dead', () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(deadPid())).toBe(false);
  });
});
