import { CodejuryError } from '../errors.ts';
import type { FreeBytes } from '../io/disk-space.ts';
import { type DownloadTimings, downloadPartial } from '../io/download-partial.ts';
import { type Environment, environmentFlag, environmentValue } from '../io/environment.ts';
import type { Fetch } from '../io/fetch-following.ts';
import type { PartialFile } from '../io/partial-file.ts';
import type { OnProgress } from '../io/progress.ts';
import { formatModelReference, type HubReference } from './model-reference.ts';

const DEFAULT_ENDPOINT = 'https://huggingface.co';

/** Where the hub is and who asks. */
export interface HubAccess {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly token: string | null;
  readonly offline: boolean;
}

export interface HubDownloadRequest {
  readonly reference: HubReference;
  readonly access: HubAccess;
  /** The name the file will have once verified. */
  readonly destination: string;
  readonly expectedBytes: number | null;
  /** Refused before the first byte if the hub says that it has another digest; null = whatever the hub has. */
  readonly expectedSha256: string | null;
  readonly env: Environment;
  readonly fetch: Fetch;
  readonly timings?: Partial<DownloadTimings> | undefined;
  readonly freeBytes?: FreeBytes | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

export interface HubDownload {
  readonly partial: PartialFile;
  readonly sizeBytes: number;
  /** The commit that the revision stood for, 40 hex digits; null when the hub does not say. */
  readonly commit: string | null;
  /** The digest by which the hub itself stores the file; null when it does not say. */
  readonly hubSha256: string | null;
}

/**
 * `HF_ENDPOINT`, `HF_TOKEN` (or `HUGGING_FACE_HUB_TOKEN`) and `HF_HUB_OFFLINE` of the environment.
 *
 * @throws {CodejuryError} `usage` when HF_ENDPOINT is no http(s) URL.
 */
export function hubAccess(env: Environment): HubAccess {
  const written = environmentValue(env, 'HF_ENDPOINT') ?? DEFAULT_ENDPOINT;
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new CodejuryError('usage', 'HF_ENDPOINT is no address of a hub', {
      hint: `expected an http:// or https:// address without a user name, e.g. ${DEFAULT_ENDPOINT}`,
    });
  }
  return {
    endpoint: written.replace(/\/+$/, ''),
    token: environmentValue(env, 'HF_TOKEN') ?? environmentValue(env, 'HUGGING_FACE_HUB_TOKEN'),
    offline: environmentFlag(env, 'HF_HUB_OFFLINE'),
  };
}

/**
 * Downloads one file of a hub repository to the partial file beside `destination`, continuing an earlier attempt. The
 * token goes to the endpoint's own origin only, never to the storage it redirects to.
 *
 * @throws {CodejuryError} `download` (with what to do about gated, missing or renamed files), `disk-full`, `aborted`.
 */
export async function downloadFromHub(request: HubDownloadRequest): Promise<HubDownload> {
  const { reference, access, env } = request;
  if (access.offline) {
    throw new CodejuryError('download', 'HF_HUB_OFFLINE is set, so the hub is not asked', {
      hint: 'unset HF_HUB_OFFLINE',
    });
  }
  const { partial, sizeBytes, hops } = await withProxyHint(env, () =>
    downloadPartial({
      ...request,
      url: resolveUrl(access, reference),
      credentials: access.token === null ? {} : { Authorization: `Bearer ${access.token}` },
      describe: (headers) => {
        const identity = contentIdentity(headers);
        requireDigest(reference, identity, request.expectedSha256);
        return { identity, totalBytes: wholeNumber(first(headers, 'x-linked-size')) };
      },
      refusal: (response, headers) => explainRefusal(reference, access, response.status, headers),
    }),
  );
  const commit = first(hops, 'x-repo-commit');
  return {
    partial,
    sizeBytes,
    commit: commit !== null && /^[0-9a-f]{40}$/.test(commit) ? commit : null,
    hubSha256: asSha256(contentIdentity(hops)),
  };
}

function requireDigest(
  reference: HubReference,
  identity: string | null,
  expectedSha256: string | null,
): void {
  const offered = asSha256(identity);
  if (offered === null || expectedSha256 === null || offered === expectedSha256) return;
  const what = formatModelReference(reference);
  throw new CodejuryError(
    'digest-mismatch',
    `${what} has sha256 ${offered} on the hub, expected ${expectedSha256}`,
    {
      hint: `nothing was downloaded; if you trust that file, use it by its reference ${what}`,
    },
  );
}

function asSha256(identity: string | null): string | null {
  return identity !== null && /^[0-9a-f]{64}$/.test(identity) ? identity : null;
}

function resolveUrl(access: HubAccess, reference: HubReference): string {
  const parts = ['resolve', reference.revision, ...reference.file.split('/')].map(encodeURIComponent);
  return `${repositoryUrl(access, reference)}/${parts.join('/')}`;
}

/** The repository's address, and its page for people. */
function repositoryUrl(access: HubAccess, { owner, repository, dataset }: HubReference): string {
  const parts = [...(dataset ? ['datasets'] : []), owner, repository].map(encodeURIComponent);
  return `${access.endpoint}/${parts.join('/')}`;
}

/** The hub names large files by their sha256, in a header of its own before it redirects; small ones by the git hash. */
function contentIdentity(hops: readonly Headers[]): string | null {
  const etag = first(hops, 'x-linked-etag') ?? hops[0]?.get('etag') ?? null;
  return etag?.replace(/^W\//, '').replace(/^"|"$/g, '') ?? null;
}

function first(hops: readonly Headers[], name: string): string | null {
  return hops.find((headers) => headers.has(name))?.get(name) ?? null;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function explainRefusal(
  reference: HubReference,
  access: HubAccess,
  status: number,
  hops: readonly Headers[],
): CodejuryError | null {
  const { owner, repository, revision, file } = reference;
  const name = `${owner}/${repository}`;
  const page = repositoryUrl(access, reference);
  const code = first(hops, 'x-error-code');
  const fail = (message: string, hint: string) => new CodejuryError('download', message, { hint });
  if (code === 'EntryNotFound')
    return fail(`${name} has no file ${file} at ${revision}`, `see ${page}/tree/main`);
  if (code === 'RevisionNotFound')
    return fail(`${name} has no revision ${revision}`, `see ${page}/commits/main`);
  if (status === 404) {
    return fail(
      `the hub has no ${formatModelReference(reference)}`,
      `check owner, repository and file at ${page}`,
    );
  }
  if (status === 401 || status === 403) {
    const who = access.token === null ? 'without a token' : `with the token in HF_TOKEN`;
    return fail(
      `${name} is gated or private, or does not exist: refused ${who} (status ${status})`,
      `accept the licence at ${page}, then set HF_TOKEN to a token that may read it`,
    );
  }
  return null;
}

/** Node's fetch ignores proxy variables unless told otherwise, which looks like a closed network. */
async function withProxyHint<T>(env: Environment, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const proxied = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some(
      (name) => environmentValue(env, name) !== null,
    );
    if (!(error instanceof CodejuryError) || !error.retryable || !proxied) throw error;
    if (environmentFlag(env, 'NODE_USE_ENV_PROXY')) throw error;
    throw new CodejuryError(error.code, error.message, {
      hint: 'a proxy is set in the environment; Node uses it only with NODE_USE_ENV_PROXY=1',
      retryable: true,
      cause: error,
    });
  }
}
