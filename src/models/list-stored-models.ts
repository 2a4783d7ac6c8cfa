import { rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { CodejuryError } from '../errors.ts';
import { errorCode } from '../io/error-code.ts';
import { acquireFileLock } from '../io/file-lock.ts';
import { partialFileOf } from '../io/partial-file.ts';
import type { ModelEntry } from './model-entry.ts';
import { locationOf, type ModelLocation, type StoredReference, storedReferences } from './model-location.ts';
import { readModelRecord } from './model-record.ts';
import { formatModelReference } from './model-reference.ts';
import { findModelEntry } from './registry.ts';

/** A model that has a name, or that was pulled by its reference. */
export interface StoredModel {
  readonly reference: string;
  readonly entry: ModelEntry | null;
  readonly state: 'ready' | 'partial' | 'absent';
  readonly path: string | null;
  /** On this disk: of the file, or of its beginning. */
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  /** Which source delivered it. */
  readonly source: string | null;
}

export interface RemovedModel {
  readonly removedBytes: number;
  readonly removed: readonly string[];
}

/** The registered models in the registry's order, then the others. No digest is computed. */
export async function listStoredModels(modelsDir: string): Promise<StoredModel[]> {
  const references = await storedReferences(modelsDir);
  return Promise.all(references.map((reference) => describe(reference, locationOf(reference, modelsDir))));
}

/**
 * Removes the file, its beginning, what was set aside and the record, and the folders that are empty then.
 *
 * @throws {CodejuryError} `model` while another process is downloading it.
 */
export async function removeStoredModel(
  reference: StoredReference,
  modelsDir: string,
): Promise<RemovedModel> {
  const location = locationOf(reference, modelsDir);
  const partial = partialFileOf(location.file);
  const lock = await lockOrRefuse(reference, location);
  const removed: string[] = [];
  let removedBytes = 0;
  try {
    for (const file of [location.file, partial.path, location.setAside]) {
      const size = await sizeOf(file);
      if (size === null) continue;
      removedBytes += size;
      removed.push(file);
      await rm(file, { force: true });
    }
    await partial.remove();
    await rm(location.wheelFolder, { recursive: true, force: true });
    await rm(location.record, { force: true });
  } finally {
    await lock.release();
  }
  await removeEmptyFolders(path.dirname(location.file), modelsDir);
  return { removedBytes, removed };
}

async function describe(reference: StoredReference, location: ModelLocation): Promise<StoredModel> {
  const entry = reference.kind === 'registered' ? findModelEntry(reference.name) : null;
  const base = { reference: formatModelReference(reference), entry };
  const sizeBytes = await sizeOf(location.file);
  if (sizeBytes !== null) {
    const record = await readModelRecord(location.record);
    const source = record?.source ?? null;
    return {
      ...base,
      state: 'ready',
      path: location.file,
      sizeBytes,
      sha256: record?.sha256 ?? null,
      source,
    };
  }
  const begunBytes = await sizeOf(partialFileOf(location.file).path);
  const state = begunBytes === null ? 'absent' : 'partial';
  return { ...base, state, path: null, sizeBytes: begunBytes, sha256: null, source: null };
}

async function lockOrRefuse(reference: StoredReference, location: ModelLocation) {
  const busy = new AbortController();
  try {
    return await acquireFileLock(location.lock, { signal: busy.signal, onWait: () => busy.abort() });
  } catch (error) {
    if (!busy.signal.aborted) throw error;
    const name = formatModelReference(reference);
    throw new CodejuryError('model', `${name} is being downloaded by another process`, {
      hint: 'end that first, or wait for it',
      cause: error,
    });
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : null;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let current = folder; current !== root && current.startsWith(root); current = path.dirname(current)) {
    try {
      await rmdir(current);
    } catch (error) {
      if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error) ?? '')) return;
      throw error;
    }
  }
}
