import { CodejuryError } from '../errors.ts';
import type { FreeBytes } from '../io/disk-space.ts';
import type { DownloadTimings } from '../io/download-partial.ts';
import type { Environment } from '../io/environment.ts';
import type { Fetch } from '../io/fetch-following.ts';
import { acquireFileLock } from '../io/file-lock.ts';
import type { OnProgress } from '../io/progress.ts';
import { type RunProgram, runProgram } from '../io/run-program.ts';
import { createDigestCache } from './digest-cache.ts';
import { findLocalCopy } from './find-local-copy.ts';
import { findInstalled, setAside } from './installed-model.ts';
import {
  listStoredModels,
  type RemovedModel,
  removeStoredModel,
  type StoredModel,
} from './list-stored-models.ts';
import type { ModelEntry } from './model-entry.ts';
import { checkModelFile, inspectModelFile, isGgufFile } from './model-file.ts';
import { locationOf, type StoredReference } from './model-location.ts';
import type { OnNotice } from './model-notice.ts';
import { readModelRecord } from './model-record.ts';
import {
  formatModelReference,
  type HubReference,
  type ModelReference,
  parseModelReference,
  type WheelReference,
} from './model-reference.ts';
import { type PullContext, pullModel } from './pull-model.ts';
import { findModelEntry } from './registry.ts';
import { type ScannedModel, scanModels } from './scan-models.ts';

export interface ModelStoreOptions {
  /** Absolute; made when the first model is pulled. */
  readonly modelsDir: string;
  readonly env: Environment;
  readonly fetch?: Fetch;
  /** Runs Python for wheels. */
  readonly spawn?: RunProgram;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly timings?: Partial<DownloadTimings>;
  readonly freeBytes?: FreeBytes;
}

export interface EnsureOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly onNotice?: OnNotice | undefined;
  /** Use only what is on this machine. */
  readonly offline?: boolean | undefined;
}

/** A model file that is there and whose digest was computed. */
export interface EnsuredModel {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The source that delivered it, as a model reference (`file:…` for a file of the user's or of another tool). */
  readonly source: string;
  readonly entry: ModelEntry | null;
}

export interface VerifiedModel {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Null for a file of the user's own, whose right digest nobody knows. */
  readonly expectedSha256: string | null;
}

/** Model files on this machine by reference. Every method takes text or a parsed reference. */
export interface ModelStore {
  /** Where the model is, looked up without network and without computing a digest; null when it is not here. */
  readonly locate: (reference: string | ModelReference) => Promise<string | null>;
  /**
   * The model's file, fetched if need be. A file that was verified before and did not change since is trusted.
   *
   * @throws {CodejuryError} `usage`, `not-found`, `model`, `digest-mismatch`, `download`, `disk-full`, `aborted`.
   */
  readonly ensure: (reference: string | ModelReference, options?: EnsureOptions) => Promise<EnsuredModel>;
  /** Every registered model, and what else was pulled by its reference. */
  readonly list: () => Promise<StoredModel[]>;
  /**
   * Computes the digest anew.
   *
   * @throws {CodejuryError} `digest-mismatch` (the file is renamed to `….corrupt` if it is codejury's), `not-found`.
   */
  readonly verify: (reference: string | ModelReference, options?: EnsureOptions) => Promise<VerifiedModel>;
  /** Removes the model's file and everything begun for it; `removedBytes` 0 when there was nothing. */
  readonly remove: (reference: string | ModelReference) => Promise<RemovedModel>;
  /** GGUF files that other tools keep on this machine. */
  readonly scan: (signal?: AbortSignal) => Promise<ScannedModel[]>;
}

/** A store over one models folder. Nothing is read or made before a method is called. */
export function createModelStore(options: ModelStoreOptions): ModelStore {
  const { modelsDir, env } = options;
  const context: PullContext = {
    env,
    fetch: options.fetch ?? fetch,
    runProgram: options.spawn ?? runProgram,
    now: options.now ?? Date.now,
    timings: options.timings,
    freeBytes: options.freeBytes,
  };
  const digests = createDigestCache(modelsDir);
  const parse = (reference: string | ModelReference) =>
    requireFileModel(typeof reference === 'string' ? parseModelReference(reference, { env }) : reference);

  async function locate(text: string | ModelReference): Promise<string | null> {
    const reference = parse(text);
    const file = reference.kind === 'file' ? reference.path : locationOf(reference, modelsDir).file;
    if (await isGgufFile(file)) return file;
    const entry = entryOf(reference);
    return entry === null ? null : findLocalCopy(entry, env);
  }

  async function ensure(text: string | ModelReference, how: EnsureOptions = {}): Promise<EnsuredModel> {
    const reference = parse(text);
    if (reference.kind === 'file') return { ...(await useInPlace(reference.path, how)), entry: null };
    const entry = entryOf(reference);
    return (
      (await useInstalled(reference, entry, how)) ??
      (await useLocalCopy(entry, how)) ??
      (await pull(reference, entry, how))
    );
  }

  async function useInPlace(file: string, how: EnsureOptions): Promise<Omit<EnsuredModel, 'entry'>> {
    const facts = await inspectModelFile(file);
    const sha256 = await digests.digestOf(facts, how);
    return { path: file, sha256, sizeBytes: facts.sizeBytes, source: `file:${file}` };
  }

  async function useInstalled(
    reference: StoredReference,
    entry: ModelEntry | null,
    how: EnsureOptions,
  ): Promise<EnsuredModel | null> {
    const location = locationOf(reference, modelsDir);
    const record = await findInstalled(location, entry, { ...how, now: context.now });
    return record === null ? null : { ...pick(record), path: location.file, entry };
  }

  async function useLocalCopy(entry: ModelEntry | null, how: EnsureOptions): Promise<EnsuredModel | null> {
    if (entry === null) return null;
    const copy = await findLocalCopy(entry, env);
    if (copy === null) return null;
    const used = await useInPlace(copy, how);
    if (used.sha256 !== entry.sha256) return null;
    how.onNotice?.({
      kind: 'local-copy',
      message: `${entry.name}: using ${copy}, which another tool downloaded`,
    });
    return { ...used, entry };
  }

  async function pull(
    reference: StoredReference,
    entry: ModelEntry | null,
    how: EnsureOptions,
  ): Promise<EnsuredModel> {
    const name = formatModelReference(reference);
    if (how.offline) {
      throw new CodejuryError('download', `${name} is not on this machine, and nothing may be downloaded`, {
        hint: `run \`codejury models pull ${name}\` once with a network`,
      });
    }
    const location = locationOf(reference, modelsDir);
    const onNotice = how.onNotice ?? (() => undefined);
    const lock = await acquireFileLock(location.lock, {
      signal: how.signal,
      onWait: (owner) => {
        const who = owner === null ? 'another process' : `process ${owner.pid} on ${owner.host}`;
        onNotice({ kind: 'waiting', message: `${who} is getting ${name} already; waiting for it` });
      },
    });
    try {
      // Whoever held the lock before may have finished the work.
      const meanwhile = await useInstalled(reference, entry, how);
      if (meanwhile !== null) return meanwhile;
      const { signal, onProgress } = how;
      const sources = sourcesOf(reference, entry);
      const record = await pullModel({ sources, entry, location, signal, onProgress, onNotice }, context);
      return { ...pick(record), path: location.file, entry };
    } finally {
      await lock.release();
    }
  }

  async function verify(text: string | ModelReference, how: EnsureOptions = {}): Promise<VerifiedModel> {
    const reference = parse(text);
    const located = await locate(reference);
    if (reference.kind === 'file') {
      return { ...(await checkModelFile(reference.path, null, how)), expectedSha256: null };
    }
    const location = locationOf(reference, modelsDir);
    const file = located ?? location.file;
    const own = file === location.file;
    const record = own ? await readModelRecord(location.record) : null;
    const expectedSha256 = entryOf(reference)?.sha256 ?? record?.sha256 ?? null;
    try {
      return { ...(await checkModelFile(file, expectedSha256, how)), expectedSha256 };
    } catch (error) {
      if (own && error instanceof CodejuryError && error.code === 'digest-mismatch') {
        throw await setAside(location, error);
      }
      if (own && error instanceof CodejuryError && error.code === 'not-found') {
        const name = formatModelReference(reference);
        throw new CodejuryError('not-found', `${name} is not on this machine`, {
          hint: `\`codejury models pull ${name}\` gets it`,
          cause: error,
        });
      }
      throw error;
    }
  }

  return {
    locate,
    ensure,
    verify,
    list: () => listStoredModels(modelsDir),
    remove: async (text) => {
      const reference = parse(text);
      if (reference.kind !== 'file') return removeStoredModel(reference, modelsDir);
      throw new CodejuryError('usage', 'codejury removes only what it downloaded, not a file of your own', {
        hint: `delete ${reference.path} yourself if you mean it`,
      });
    },
    scan: (signal) => scanModels(env, signal),
  };
}

function requireFileModel(reference: ModelReference): Exclude<ModelReference, { kind: 'openai' }> {
  if (reference.kind !== 'openai') return reference;
  throw new CodejuryError(
    'usage',
    `${formatModelReference(reference)} is served elsewhere, there is no file of it here`,
    {
      hint: 'use it as a generator or judge; `codejury doctor --server URL` shows what the server can do',
    },
  );
}

function entryOf(reference: ModelReference): ModelEntry | null {
  return reference.kind === 'registered' ? findModelEntry(reference.name) : null;
}

function sourcesOf(reference: StoredReference, entry: ModelEntry | null): (HubReference | WheelReference)[] {
  if (reference.kind !== 'registered') return [reference];
  return (entry?.sources ?? [])
    .map((source) => parseModelReference(source))
    .filter((source) => source.kind === 'hf' || source.kind === 'wheel');
}

function pick({ sha256, sizeBytes, source }: Pick<EnsuredModel, 'sha256' | 'sizeBytes' | 'source'>) {
  return { sha256, sizeBytes, source };
}
