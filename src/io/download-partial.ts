import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodejuryError } from '../errors.ts';
import { diskFullError, type FreeBytes, freeBytesOf, isDiskFull, requireFreeBytes } from './disk-space.ts';
import { type AnswerContext, rangeHeaders, readAnswer, readBegun } from './download-answer.ts';
import { type Fetch, fetchFollowing } from './fetch-following.ts';
import { abortedBy, isUnreachable, networkFailure, SilentServerError } from './network-failure.ts';
import { type PartialFile, partialFileOf } from './partial-file.ts';
import { createProgressMeter, type OnProgress, type ProgressMeter } from './progress.ts';

/** How long a download waits for what; all in milliseconds. */
export interface DownloadTimings {
  /** For the head of an answer. Short, so that a closed network is noticed while somebody watches. */
  readonly answerTimeoutMs: number;
  /** For the next byte of a body. */
  readonly stallTimeoutMs: number;
  /** Before the second, third … attempt in a row that brought no byte; their number limits the attempts. */
  readonly retryDelaysMs: readonly number[];
  /** A server that asks for a longer pause than this is given up. */
  readonly maximumRetryAfterMs: number;
}

const DEFAULT_TIMINGS: DownloadTimings = {
  answerTimeoutMs: 8_000,
  stallTimeoutMs: 30_000,
  retryDelaysMs: [1_000, 2_000, 4_000, 8_000],
  maximumRetryAfterMs: 60_000,
};

export interface PartialDownloadRequest extends Pick<AnswerContext, 'describe' | 'refusal'> {
  readonly url: string;
  /** What the file will be called once it is verified; the bytes go to `destination.partial`. */
  readonly destination: string;
  /** Headers for the url's own origin only, e.g. Authorization. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Null when not known before. */
  readonly expectedBytes: number | null;
  readonly fetch: Fetch;
  readonly timings?: Partial<DownloadTimings> | undefined;
  readonly freeBytes?: FreeBytes | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

export interface PartialDownload {
  readonly partial: PartialFile;
  readonly sizeBytes: number;
  /** Headers of every answer of the last attempt, redirects first. */
  readonly hops: readonly Headers[];
}

interface Run {
  readonly request: PartialDownloadRequest;
  readonly timings: DownloadTimings;
  readonly partial: PartialFile;
  readonly meter: ProgressMeter;
  /** A server that answered once is worth asking again. */
  answered: boolean;
}

type Outcome =
  | { readonly kind: 'done'; readonly sizeBytes: number; readonly hops: readonly Headers[] }
  | {
      readonly kind: 'again';
      readonly receivedBytes: number;
      readonly error: CodejuryError;
      readonly waitMs: number | null;
    };

/**
 * Downloads to `destination.partial`, continuing what an earlier run (even a killed one) left there if it is the
 * beginning of the same content. The caller verifies and renames. A broken connection is taken up again as long as
 * attempts bring bytes; a server that cannot be reached at all fails at once.
 *
 * @throws {CodejuryError} `download`; `disk-full` (what was written is removed); `aborted` (it is kept).
 */
export async function downloadPartial(request: PartialDownloadRequest): Promise<PartialDownload> {
  const run: Run = {
    request,
    timings: { ...DEFAULT_TIMINGS, ...request.timings },
    partial: partialFileOf(request.destination),
    meter: createProgressMeter('download', request.onProgress),
    answered: false,
  };
  await mkdir(path.dirname(request.destination), { recursive: true });
  for (let fruitless = 0; ; ) {
    const outcome = await tryOnce(run);
    if (outcome.kind === 'done') {
      run.meter.finish(outcome.sizeBytes);
      return { partial: run.partial, sizeBytes: outcome.sizeBytes, hops: outcome.hops };
    }
    fruitless = outcome.receivedBytes > 0 ? 1 : fruitless + 1;
    const delayMs = run.timings.retryDelaysMs[fruitless - 1];
    if (delayMs === undefined) throw outcome.error;
    await pause(Math.max(delayMs, outcome.waitMs ?? 0), request.signal);
  }
}

async function tryOnce(run: Run): Promise<Outcome> {
  const { request, timings, partial } = run;
  const silence = new AbortController();
  const watchdog = setTimeout(() => silence.abort(new SilentServerError()), timings.answerTimeoutMs);
  const signal = AbortSignal.any(
    request.signal === undefined ? [silence.signal] : [request.signal, silence.signal],
  );
  let receivedBytes = 0;
  try {
    const begun = await readBegun(partial);
    const headers = { 'User-Agent': 'codejury', 'Accept-Encoding': 'identity', ...rangeHeaders(begun) };
    const { url, credentials } = request;
    const followed = await fetchFollowing({ url, headers, credentials, signal }, request.fetch);
    clearTimeout(watchdog);
    run.answered = true;
    const { host } = new URL(url);
    const answer = await readAnswer(followed, { ...request, ...timings, host, partial, begun });
    if (answer.kind === 'again') return { ...answer, receivedBytes };
    const { hops } = followed;
    if (answer.kind === 'complete') return { kind: 'done', sizeBytes: answer.sizeBytes, hops };
    const { fromByte, totalBytes } = answer;
    await requireSpace(run, fromByte, totalBytes ?? request.expectedBytes);
    for await (const size of receive(run, followed.response, fromByte, totalBytes, silence))
      receivedBytes += size;
    const sizeBytes = fromByte + receivedBytes;
    if (totalBytes !== null && sizeBytes < totalBytes) throw new SilentServerError();
    return { kind: 'done', sizeBytes, hops };
  } catch (error) {
    // Whatever was wrong, the rest of the answer is not wanted any more.
    silence.abort();
    return await sortFailure(run, error, receivedBytes);
  } finally {
    clearTimeout(watchdog);
  }
}

/** What was received by earlier runs is kept: the user can free space and continue. */
async function requireSpace(run: Run, fromByte: number, totalBytes: number | null): Promise<void> {
  const { request, partial } = run;
  try {
    const neededBytes = Math.max(0, (totalBytes ?? 0) - fromByte);
    await requireFreeBytes(path.dirname(request.destination), neededBytes, request.freeBytes);
  } catch (error) {
    if (fromByte === 0) await partial.remove();
    throw error;
  }
}

/** Appends the body to the partial file; yields the size of each piece once it is written. */
async function* receive(
  run: Run,
  response: Response,
  fromByte: number,
  totalBytes: number | null,
  silence: AbortController,
): AsyncGenerator<number> {
  const watchdog = setTimeout(() => silence.abort(new SilentServerError()), run.timings.stallTimeoutMs);
  const handle = await open(run.partial.path, 'a');
  try {
    let position = fromByte;
    run.meter.update(position, totalBytes);
    for await (const chunk of response.body ?? []) {
      watchdog.refresh();
      if (totalBytes !== null && position + chunk.length > totalBytes) {
        throw new CodejuryError(
          'download',
          `the server sends more than the ${totalBytes} bytes it announced`,
        );
      }
      await handle.appendFile(chunk);
      position += chunk.length;
      run.meter.update(position, totalBytes);
      yield chunk.length;
    }
    await handle.sync();
  } finally {
    clearTimeout(watchdog);
    await handle.close();
  }
}

/** Throws what trying again cannot mend; returns the rest. */
async function sortFailure(run: Run, error: unknown, receivedBytes: number): Promise<Outcome> {
  const { request, partial } = run;
  const aborted = abortedBy(request.signal);
  if (aborted !== null) throw aborted;
  if (isDiskFull(error)) {
    // A disk that is full hurts every program on it, so what was received is given back.
    const known = await partial.read();
    await partial.remove();
    const folder = path.dirname(request.destination);
    const freeBytes = await (request.freeBytes ?? freeBytesOf)(folder);
    throw diskFullError(folder, known?.state.totalBytes ?? request.expectedBytes, freeBytes, error);
  }
  const reason = error instanceof CodejuryError ? null : networkFailure(error);
  if (reason === null) throw error;
  const failure = new CodejuryError('download', `${new URL(request.url).host}: ${reason}`, {
    hint: 'check the network connection; what was received is kept and continued next time',
    cause: error,
    retryable: true,
  });
  if (!run.answered && (isUnreachable(error) || error instanceof SilentServerError)) throw failure;
  return { kind: 'again', receivedBytes, error: failure, waitMs: null };
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    throw abortedBy(signal) ?? error;
  }
}
