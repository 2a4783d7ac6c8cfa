import { CodejuryError } from '../errors.ts';

/** The part of the global `fetch` that downloads use, so that tests can pass their own. */
export type Fetch = (url: string | URL, init: RequestInit) => Promise<Response>;

export interface FollowRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent only to the origin of `url`; a redirect to any other host, port or scheme does not get them. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface FollowResult {
  /** The first answer that is no redirect. */
  readonly response: Response;
  /** The headers of every answer, first to last; the last are the response's own. */
  readonly hops: readonly Headers[];
}

const MAXIMUM_REDIRECTS = 8;

/**
 * GET, following redirects by hand, because `fetch` itself keeps nothing of the answers on the way.
 *
 * @throws {CodejuryError} `download` for too many redirects, one without a usable target, or one from https to http.
 */
export async function fetchFollowing(request: FollowRequest, fetch: Fetch): Promise<FollowResult> {
  const origin = new URL(request.url).origin;
  const hops: Headers[] = [];
  let url = new URL(request.url);
  while (hops.length <= MAXIMUM_REDIRECTS) {
    const credentials = url.origin === origin ? request.credentials : {};
    const response = await fetch(url, {
      headers: { ...request.headers, ...credentials },
      redirect: 'manual',
      signal: request.signal,
    });
    hops.push(response.headers);
    if (![301, 302, 303, 307, 308].includes(response.status)) return { response, hops };
    await response.body?.cancel();
    const location = response.headers.get('location');
    const target = location === null ? null : URL.parse(location, url.href);
    if (target === null || !/^https?:$/.test(target.protocol)) {
      throw new CodejuryError('download', `${url.host} redirects without saying where to`);
    }
    if (url.protocol === 'https:' && target.protocol === 'http:') {
      throw new CodejuryError('download', `${url.host} redirects from https to http (${target.host})`, {
        hint: 'the connection would no longer be protected; check the endpoint',
      });
    }
    url = target;
  }
  throw new CodejuryError(
    'download',
    `${new URL(request.url).host} redirects more than ${MAXIMUM_REDIRECTS} times`,
  );
}
