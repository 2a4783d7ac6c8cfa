import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodejuryError, throwIfAborted } from '../errors.ts';
import { errorCode } from './error-code.ts';
import { isProcessAlive, processStartedAt } from './process-identity.ts';

/** Who holds a lock; written into the lock file. */
interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Distinguishes a process from a later one with the same number; null where the system does not tell. */
  readonly startedAt: string | null;
  readonly token: string;
}

export interface FileLock {
  /** Gives the lock back; calling it again does nothing. */
  readonly release: () => Promise<void>;
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once if somebody else holds the lock, before waiting for it. */
  readonly onWait?: ((owner: LockOwner | null) => void) | undefined;
}

const POLL_MS = 200;
const HEARTBEAT_MS = 10_000;
/** For holders whose process cannot be looked up: on another host, or killed before it wrote who it is. */
const STALE_WITHOUT_HEARTBEAT_MS = 120_000;

/**
 * Takes the lock file, waiting while a living process holds it. A lock whose holder died (this host: no such process,
 * or another one under its number; elsewhere: no sign of life for two minutes) is taken over.
 *
 * @throws {CodejuryError} `aborted` when the signal fires while waiting.
 */
export async function acquireFileLock(file: string, options: LockOptions = {}): Promise<FileLock> {
  await mkdir(path.dirname(file), { recursive: true });
  const owner: LockOwner = {
    pid: process.pid,
    host: os.hostname(),
    startedAt: await processStartedAt(process.pid),
    token: randomUUID(),
  };
  for (let waited = false; ; ) {
    throwIfAborted(options.signal);
    if (await create(file, owner)) return hold(file, owner);
    const held = await inspect(file);
    if (held === null) continue;
    if (held.stale) {
      await breakLock(file, held.content);
      continue;
    }
    if (!waited) options.onWait?.(held.owner);
    waited = true;
    await pause(options.signal);
  }
}

/** Whose lock it is; null where it does not say so yet. */
export interface LockHolder {
  readonly pid: number | null;
  readonly host: string | null;
}

/** Who holds a lock that is not stale; null = nobody. */
export async function lockHolder(file: string): Promise<LockHolder | null> {
  const held = await inspect(file);
  if (held === null || held.stale) return null;
  return { pid: held.owner?.pid ?? null, host: held.owner?.host ?? null };
}

async function create(file: string, owner: LockOwner): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(JSON.stringify(owner));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function hold(file: string, owner: LockOwner): FileLock {
  const heartbeat = setInterval(() => {
    // A missed beat is harmless: the next one, or the holder's process itself, shows that it lives.
    utimes(file, new Date(), new Date()).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      const content = await readContent(file);
      if (content !== null && parseOwner(content)?.token === owner.token) await rm(file, { force: true });
    },
  };
}

/** Null when the lock has gone meanwhile. */
async function inspect(
  file: string,
): Promise<{ stale: boolean; owner: LockOwner | null; content: string } | null> {
  const content = await readContent(file);
  if (content === null) return null;
  const owner = parseOwner(content);
  if (owner !== null && owner.host === os.hostname()) {
    const startedAt = await processStartedAt(owner.pid);
    const same = owner.startedAt === null || startedAt === null || owner.startedAt === startedAt;
    return { stale: !isProcessAlive(owner.pid) || !same, owner, content };
  }
  try {
    const { mtimeMs } = await stat(file);
    return { stale: Date.now() - mtimeMs > STALE_WITHOUT_HEARTBEAT_MS, owner, content };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Moves the dead holder's file away before removing it, so that of several who saw it dead only one takes it; what was
 * moved by mistake (a new holder's) is put back.
 */
async function breakLock(file: string, deadContent: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readContent(aside)) === deadContent) await rm(aside, { force: true });
  else await rename(aside, file);
}

async function readContent(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function parseOwner(content: string): LockOwner | null {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null) return null;
    const { pid, host, startedAt, token } = value as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof token !== 'string') return null;
    return { pid, host, startedAt: typeof startedAt === 'string' ? startedAt : null, token };
  } catch {
    // Its holder died, or is just now, between creating and writing it.
    return null;
  }
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(POLL_MS, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throw new CodejuryError('aborted', 'interrupted while waiting for another process', { cause: error });
  }
}
