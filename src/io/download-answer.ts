import { CodejuryError } from '../errors.ts';
import type { FollowResult } from './fetch-following.ts';
import type { PartialFile } from './partial-file.ts';

/** The beginning of a file that an earlier attempt left, and what identifies the content. */
export interface Begun {
  readonly bytes: number;
  readonly identity: string | null;
  readonly etag: string | null;
}

/** What the head of an answer says: a body from some byte on, everything is there already, or try again. */
export type DownloadAnswer =
  | { readonly kind: 'body'; readonly fromByte: number; readonly totalBytes: number | null }
  | { readonly kind: 'complete'; readonly sizeBytes: number }
  | { readonly kind: 'again'; readonly error: CodejuryError; readonly waitMs: number | null };

export interface AnswerContext {
  readonly host: string;
  readonly partial: PartialFile;
  readonly begun: Begun | null;
  readonly describe: (hops: readonly Headers[]) => { identity: string | null; totalBytes: number | null };
  readonly refusal: (response: Response, hops: readonly Headers[]) => CodejuryError | null;
  readonly maximumRetryAfterMs: number;
}

/** What was begun, if it can be told whether a server still has the same content; else null. */
export async function readBegun(partial: PartialFile): Promise<Begun | null> {
  const earlier = await partial.read();
  if (earlier === null || earlier.bytes === 0) return null;
  const { identity, etag } = earlier.state;
  return identity === null && etag === null ? null : { bytes: earlier.bytes, identity, etag };
}

/** Request headers that ask for the rest of what was begun. */
export function rangeHeaders(begun: Begun | null): Record<string, string> {
  if (begun === null) return {};
  const range = { Range: `bytes=${begun.bytes}-` };
  return begun.etag === null ? range : { ...range, 'If-Range': begun.etag };
}

/**
 * Reads the head of an answer and prepares the partial file for its body: untouched if the body continues it, removed
 * if the body starts anew or belongs to something else. The body of an answer that is not `body` is discarded.
 *
 * @throws {CodejuryError} `download` when asking again is useless.
 */
export async function readAnswer(
  { response, hops }: FollowResult,
  context: AnswerContext,
): Promise<DownloadAnswer> {
  const { host, partial, begun } = context;
  const told = context.describe(hops);
  const anew = async (): Promise<DownloadAnswer> => {
    await response.body?.cancel();
    await partial.remove();
    return again(`${host} has another file than the one that was begun`);
  };

  if (response.status === 416 && begun !== null) {
    if (told.totalBytes !== begun.bytes || told.identity !== begun.identity) return anew();
    await response.body?.cancel();
    return { kind: 'complete', sizeBytes: begun.bytes };
  }
  if (response.status >= 400) return refused({ response, hops }, context);
  if (/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) {
    await response.body?.cancel();
    throw new CodejuryError('download', `${host} answered with a web page instead of a file`, {
      hint: 'a proxy or login page may stand between; open the address in a browser, or check HF_ENDPOINT',
    });
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  const continues = response.status === 206 && begun !== null && Number(range?.[1]) === begun.bytes;
  if (response.status === 206 && !continues) return anew();
  if (continues && told.identity !== begun.identity) return anew();

  const wholeLength = continues ? range?.[2] : response.headers.get('content-length');
  const totalBytes = /^\d+$/.test(wholeLength ?? '') ? Number(wholeLength) : told.totalBytes;
  if (continues) return { kind: 'body', fromByte: begun.bytes, totalBytes };
  await partial.remove();
  await partial.writeState({ identity: told.identity, etag: strongEtag(response.headers), totalBytes });
  return { kind: 'body', fromByte: 0, totalBytes };
}

async function refused({ response, hops }: FollowResult, context: AnswerContext): Promise<DownloadAnswer> {
  await response.body?.cancel();
  const error = context.refusal(response, hops);
  if (error !== null) throw error;
  const message = `${context.host} answered with status ${response.status}`;
  if (response.status < 500 && ![408, 425, 429].includes(response.status)) {
    throw new CodejuryError('download', message);
  }
  const waitMs = retryAfterMs(response.headers);
  if (waitMs !== null && waitMs > context.maximumRetryAfterMs) {
    throw new CodejuryError('download', `${message}: to be asked again in ${Math.ceil(waitMs / 1000)} s`, {
      hint: 'try again later; a token (HF_TOKEN) raises the limits of a hub',
      retryable: true,
    });
  }
  return again(message, waitMs);
}

function again(message: string, waitMs: number | null = null): DownloadAnswer {
  return { kind: 'again', error: new CodejuryError('download', message, { retryable: true }), waitMs };
}

function strongEtag(headers: Headers): string | null {
  const etag = headers.get('etag');
  return etag === null || etag.startsWith('W/') ? null : etag;
}

/** The pause that `Retry-After` asks for, given in seconds or as a date; null without one. */
function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}
