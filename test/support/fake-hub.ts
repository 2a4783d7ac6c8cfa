import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one answer of the storage does instead of sending the file. */
export interface Mishap {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Send only so many bytes of the answer's body, and end like this. */
  readonly sendBytes?: number;
  readonly ending?: 'break' | 'hang';
  /** Answer with the whole file although a range was asked for. */
  readonly ignoreRange?: boolean;
}

interface SeenRequest {
  readonly server: 'hub' | 'storage';
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A hub on two ports: the first names the file and redirects, the second sends it, as the real one does. */
export interface FakeHub {
  readonly endpoint: string;
  readonly commit: string;
  readonly requests: SeenRequest[];
  /** Bytes of file content handed to the network so far. */
  readonly sentBytes: () => number;
  /** For the next answers, in this order. */
  readonly hubMishaps: Mishap[];
  readonly storageMishaps: Mishap[];
  /** Puts a file in the repository `owner/repo`, and in every repository of data; `claimedSha256` is what the hub says its digest is. */
  readonly put: (file: string, content: Buffer, claimedSha256?: string) => void;
  readonly close: () => Promise<void>;
}

export async function startFakeHub(): Promise<FakeHub> {
  const files = new Map<string, { content: Buffer; sha256: string }>();
  const requests: SeenRequest[] = [];
  const hubMishaps: Mishap[] = [];
  const storageMishaps: Mishap[] = [];
  const commit = 'c'.repeat(40);
  let sentBytes = 0;

  const storage = createServer((request, response) => {
    requests.push({ server: 'storage', url: request.url ?? '', headers: request.headers });
    const mishap = storageMishaps.shift() ?? {};
    if (mishap.status !== undefined) return refuse(response, mishap);
    const found = files.get(decodeURIComponent(request.url ?? '').slice(1));
    if (found === undefined) return refuse(response, { status: 404 });
    sentBytes += sendFile(request, response, found, mishap);
  });
  const storageUrl = await listen(storage);

  const hub = createServer((request, response) => {
    requests.push({ server: 'hub', url: request.url ?? '', headers: request.headers });
    const mishap = hubMishaps.shift() ?? {};
    if (mishap.status !== undefined) return refuse(response, mishap);
    const [, file = ''] =
      /^\/(?:owner\/repo|datasets\/[^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(request.url ?? '') ?? [];
    const found = files.get(decodeURIComponent(file));
    if (found === undefined)
      return refuse(response, { status: 404, headers: { 'X-Error-Code': 'EntryNotFound' } });
    response.writeHead(302, {
      Location: `${storageUrl}/${encodeURIComponent(file)}`,
      'X-Repo-Commit': commit,
      'X-Linked-Etag': `"${found.sha256}"`,
      'X-Linked-Size': String(found.content.length),
      ETag: '"git-hash-of-the-pointer"',
    });
    response.end();
  });

  return {
    endpoint: await listen(hub),
    commit,
    requests,
    sentBytes: () => sentBytes,
    hubMishaps,
    storageMishaps,
    put: (file, content, claimedSha256) => {
      files.set(file, {
        content,
        sha256: claimedSha256 ?? createHash('sha256').update(content).digest('hex'),
      });
    },
    close: async () => {
      for (const server of [hub, storage]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { content, sha256 }: { content: Buffer; sha256: string },
  mishap: Mishap,
): number {
  const etag = `"storage-${sha256}"`;
  const ifRange = request.headers['if-range'];
  const sameContent = ifRange === undefined || ifRange === etag;
  const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const partial = from !== undefined && sameContent && mishap.ignoreRange !== true;
  const start = partial ? Number(from) : 0;
  if (partial && start >= content.length) {
    response.writeHead(416, { 'Content-Range': `bytes */${content.length}`, ...mishap.headers });
    response.end();
    return 0;
  }
  response.writeHead(partial ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': content.length - start,
    ETag: etag,
    ...(partial ? { 'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
    ...mishap.headers,
  });
  const body = content.subarray(start, start + (mishap.sendBytes ?? content.length));
  if (mishap.ending === 'break') response.write(body, () => response.socket?.destroySoon());
  else if (mishap.ending === 'hang') response.write(body);
  else response.end(body);
  return body.length;
}

function refuse(response: ServerResponse, mishap: Mishap): void {
  response.writeHead(mishap.status ?? 500, mishap.headers);
  response.end(mishap.body ?? '');
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Bytes that begin like a GGUF model of version 3 and go on with anything, `sizeBytes` in all. */
export function ggufLike(sizeBytes: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  for (let index = 0, state = seed; index < sizeBytes; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  bytes.write('GGUF', 0, 'latin1');
  bytes.writeUInt32LE(3, 4);
  return bytes;
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
