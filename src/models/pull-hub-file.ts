import { stat } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';
import { errorCode } from '../io/error-code.ts';
import { acquireFileLock } from '../io/file-lock.ts';
import { hashFile } from '../io/hash-file.ts';
import { moveIntoPlace } from '../io/move-into-place.ts';
import { downloadFromHub, type HubDownloadRequest, hubAccess } from './hub-source.ts';
import type { OnNotice } from './model-notice.ts';
import { type ModelRecord, readModelRecord, writeModelRecord } from './model-record.ts';
import { formatModelReference } from './model-reference.ts';

export interface HubFileRequest extends Omit<HubDownloadRequest, 'access' | 'expectedBytes'> {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Use only what is on this machine. */
  readonly offline: boolean;
  readonly onNotice: OnNotice;
}

/**
 * The record of a hub's file that is in its place, `destination`; fetched and verified if it is not, or not any more what it
 * was. A digest that nobody told is recorded at the first download and expected at every later one.
 *
 * @throws {CodejuryError} `download`, `digest-mismatch` (nothing is put in place), `disk-full`, `aborted`.
 */
export async function pullHubFile(request: HubFileRequest): Promise<ModelRecord> {
  const { destination, reference, onNotice } = request;
  const name = formatModelReference(reference);
  const lock = await acquireFileLock(`${destination}.lock`, {
    signal: request.signal,
    onWait: () =>
      onNotice({ kind: 'waiting', message: `another process is getting ${name}; waiting for it` }),
  });
  try {
    const record = await readModelRecord(`${destination}.json`);
    const expectedSha256 = request.expectedSha256 ?? record?.sha256 ?? null;
    if (record !== null && (await isUnchanged(destination, record, expectedSha256))) {
      return record;
    }
    return await fetchFile({ ...request, expectedSha256 }, name);
  } finally {
    await lock.release();
  }
}

async function fetchFile(request: HubFileRequest, name: string): Promise<ModelRecord> {
  const { destination, env, offline, expectedSha256, onNotice } = request;
  if (offline) {
    throw new CodejuryError('download', `${name} is not on this machine, and nothing may be downloaded`, {
      hint: 'run the command once with a network',
    });
  }
  const { partial, commit, hubSha256 } = await downloadFromHub({
    ...request,
    access: hubAccess(env),
    expectedBytes: null,
  });
  try {
    const sha256 = await hashFile(partial.path, request);
    const expected = expectedSha256 ?? hubSha256;
    if (expected !== null && sha256 !== expected) {
      throw new CodejuryError('digest-mismatch', `${name} has sha256 ${sha256}, expected ${expected}`, {
        hint: 'what was downloaded is removed; another mirror (HF_ENDPOINT) or a later try may deliver the right file',
      });
    }
    await moveIntoPlace(partial.path, destination);
    const { size, mtimeMs } = await stat(destination);
    const record: ModelRecord = {
      sha256,
      sizeBytes: size,
      modifiedMs: Math.floor(mtimeMs),
      source: name,
      commit,
      checkedAgainst: expectedSha256 !== null ? 'registry' : hubSha256 !== null ? 'hub' : 'first-use',
      installedAt: new Date(request.now()).toISOString(),
    };
    await writeModelRecord(`${destination}.json`, record);
    if (expectedSha256 === null) {
      const message = `nobody told the digest of ${name} before: trusted on this first use, sha256 ${sha256} recorded`;
      onNotice({ kind: 'first-use', message });
    }
    return record;
  } finally {
    // Interrupted while verifying, a complete download is kept for the next run.
    if (!request.signal?.aborted) {
      await partial.remove();
    }
  }
}

async function isUnchanged(file: string, record: ModelRecord, expected: string | null): Promise<boolean> {
  try {
    const { size, mtimeMs } = await stat(file);
    return (
      record.sha256 === expected && size === record.sizeBytes && Math.floor(mtimeMs) === record.modifiedMs
    );
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      return false;
    }
    throw error;
  }
}
