import { rename, rm } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';
import { errorCode } from '../io/error-code.ts';
import type { OnProgress } from '../io/progress.ts';
import type { ModelEntry } from './model-entry.ts';
import { checkModelFile, inspectModelFile, type ModelFileFacts } from './model-file.ts';
import type { ModelLocation } from './model-location.ts';
import { type ModelRecord, readModelRecord, writeModelRecord } from './model-record.ts';

interface FindOptions {
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * The record of a model's file in its place, if it may be used: unchanged since it was verified, or verified now.
 * Null when there is none, or one of an earlier version of the registry, which a new download will replace.
 *
 * @throws {CodejuryError} `digest-mismatch` or `model` after renaming a damaged file to `….corrupt`; `aborted`.
 */
export async function findInstalled(
  location: ModelLocation,
  entry: ModelEntry | null,
  options: FindOptions,
): Promise<ModelRecord | null> {
  const record = await readModelRecord(location.record);
  const facts = await inspectOwn(location);
  if (facts === null) return null;
  const expected = entry?.sha256 ?? null;
  const unchanged = record?.sizeBytes === facts.sizeBytes && record.modifiedMs === facts.modifiedMs;
  if (record !== null && unchanged) {
    return expected === null || expected === record.sha256 ? record : null;
  }
  try {
    const { sha256 } = await checkModelFile(location.file, expected ?? record?.sha256 ?? null, options);
    const renewed: ModelRecord = {
      source: `file:${location.file}`,
      commit: null,
      checkedAgainst: expected === null ? 'first-use' : 'registry',
      installedAt: new Date(options.now()).toISOString(),
      ...record,
      ...facts,
      sha256,
    };
    await writeModelRecord(location.record, renewed);
    return renewed;
  } catch (error) {
    if (error instanceof CodejuryError && error.code === 'digest-mismatch')
      throw await setAside(location, error);
    throw error;
  }
}

/** Renames the file so that it is neither used nor lost, and returns the error to throw. */
export async function setAside(location: ModelLocation, error: CodejuryError): Promise<CodejuryError> {
  await rename(location.file, location.setAside);
  await rm(location.record, { force: true });
  return new CodejuryError(error.code, error.message, {
    hint: `it was renamed to ${location.setAside}; run the command again to fetch the model anew`,
    cause: error,
  });
}

/** Null when the file is not there. */
async function inspectOwn(location: ModelLocation): Promise<ModelFileFacts | null> {
  try {
    return await inspectModelFile(location.file);
  } catch (error) {
    if (!(error instanceof CodejuryError)) throw error;
    if (error.code === 'not-found' || errorCode(error) === 'ENOENT') return null;
    throw error.code === 'model' ? await setAside(location, error) : error;
  }
}
