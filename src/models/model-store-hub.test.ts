import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeHub, ggufLike, type Mishap, sha256Of, startFakeHub } from '../../test/support/fake-hub.ts';
import type { Progress } from '../io/progress.ts';
import type { ModelNotice } from './model-notice.ts';
import { createModelStore, type ModelStoreOptions } from './model-store.ts';

const TOKEN = 'hf_secretsecretsecret';
const MODEL = ggufLike(700_000);
const REFERENCE = 'hf:owner/repo/m.gguf';

let folder: string;
let hub: FakeHub;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codejury-models-'));
  hub = await startFakeHub();
  hub.put('m.gguf', MODEL);
});
afterEach(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

function storeWith(options: Partial<ModelStoreOptions> = {}, env: Record<string, string> = {}) {
  return createModelStore({
    modelsDir: folder,
    env: { HOME: folder, HF_ENDPOINT: `${hub.endpoint}/`, HF_TOKEN: TOKEN, ...env },
    timings: { retryDelaysMs: [1, 1], answerTimeoutMs: 10_000, stallTimeoutMs: 10_000 },
    now: () => Date.parse('2026-01-02T03:04:05Z'),
    ...options,
  });
}

const modelFolder = () => path.join(folder, 'hf', 'owner', 'repo', 'main');
const storageRequests = () => hub.requests.filter(({ server }) => server === 'storage');

describe('a pull from the hub', () => {
  it('delivers the file with its record, and tells that the digest was not known before', async () => {
    const notices: ModelNotice[] = [];
    const progress: Progress[] = [];
    const store = storeWith();
    const model = await store.ensure(REFERENCE, {
      onNotice: (notice) => notices.push(notice),
      onProgress: (event) => progress.push(event),
    });
    expect(model).toEqual({
      path: path.join(modelFolder(), 'm.gguf'),
      sha256: sha256Of(MODEL),
      sizeBytes: MODEL.length,
      source: REFERENCE,
      entry: null,
    });
    expect(await readFile(model.path)).toEqual(MODEL);
    expect((await readdir(modelFolder())).sort()).toEqual(['m.gguf', 'm.gguf.json']);
    expect(JSON.parse(await readFile(`${model.path}.json`, 'utf8'))).toMatchObject({
      commit: hub.commit,
      sha256: sha256Of(MODEL),
      checkedAgainst: 'hub',
      installedAt: '2026-01-02T03:04:05.000Z',
    });
    expect(notices.map(({ kind }) => kind)).toEqual(['first-use']);
    const last = (phase: string) => progress.findLast((event) => event.phase === phase);
    expect(last('download')).toMatchObject({ receivedBytes: MODEL.length, totalBytes: MODEL.length });
    expect(last('verify')).toMatchObject({ receivedBytes: MODEL.length });
  });

  it('sends the token to the hub alone, not to the storage it redirects to', async () => {
    await storeWith().ensure(REFERENCE);
    expect(hub.requests.map(({ server, headers }) => [server, headers.authorization])).toEqual([
      ['hub', `Bearer ${TOKEN}`],
      ['storage', undefined],
    ]);
  });

  it('needs no network the second time', async () => {
    await storeWith().ensure(REFERENCE);
    const before = hub.requests.length;
    await storeWith().ensure(REFERENCE, { offline: true });
    expect(hub.requests).toHaveLength(before);
  });

  it('downloads once when two want the same model at once', async () => {
    const notices: ModelNotice[] = [];
    const onNotice = (notice: ModelNotice) => notices.push(notice);
    const [a, b] = await Promise.all([
      storeWith().ensure(REFERENCE, { onNotice }),
      storeWith().ensure(REFERENCE, { onNotice }),
    ]);
    expect(a).toEqual(b);
    expect(storageRequests()).toHaveLength(1);
    expect(notices.map(({ kind }) => kind).sort()).toEqual(['first-use', 'waiting']);
  });
});

describe('a transfer that breaks off', () => {
  it('is continued with the rest only', async () => {
    hub.storageMishaps.push({ sendBytes: 300_000, ending: 'break' }, { sendBytes: 100_000, ending: 'break' });
    const model = await storeWith().ensure(REFERENCE);
    expect(model.sha256).toBe(sha256Of(MODEL));
    const [first, second, third] = storageRequests().map(({ headers }) => headers);
    expect(first?.range).toBeUndefined();
    expect(second?.['if-range']).toBe(`"storage-${sha256Of(MODEL)}"`);
    // Of what was on the way when the connection broke, some may be lost and asked for again.
    const from = (range: string | undefined) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]);
    expect(from(second?.range)).toBeGreaterThan(0);
    expect(from(third?.range)).toBeGreaterThanOrEqual(from(second?.range));
    expect(hub.sentBytes()).toBe(300_000 + 100_000 + MODEL.length - from(third?.range));
  });

  it('is given up after several attempts without a byte, and continued by the next run', async () => {
    hub.storageMishaps.push({ sendBytes: 300_000, ending: 'break' });
    for (let count = 0; count < 2; count++) hub.storageMishaps.push({ status: 503 });
    await expect(storeWith().ensure(REFERENCE)).rejects.toMatchObject({ code: 'download', retryable: true });
    expect((await readdir(modelFolder())).sort()).toEqual(['m.gguf.partial', 'm.gguf.partial.json']);
    expect(await storeWith().list()).toContainEqual(
      expect.objectContaining({ reference: REFERENCE, state: 'partial' }),
    );
    await storeWith().ensure(REFERENCE);
    expect(storageRequests().at(-1)?.headers.range).toMatch(/^bytes=[1-9]/);
  });

  it('starts anew when the file has changed meanwhile', async () => {
    hub.storageMishaps.push({ sendBytes: 300_000, ending: 'break' }, { status: 503 }, { status: 503 });
    await expect(storeWith().ensure(REFERENCE)).rejects.toMatchObject({ code: 'download' });
    const changed = ggufLike(600_000, 2);
    hub.put('m.gguf', changed);
    expect((await storeWith().ensure(REFERENCE)).sha256).toBe(sha256Of(changed));
  });

  it('starts anew when the server cannot continue', async () => {
    hub.storageMishaps.push({ sendBytes: 300_000, ending: 'break' }, { ignoreRange: true });
    expect((await storeWith().ensure(REFERENCE)).sha256).toBe(sha256Of(MODEL));
    expect(hub.sentBytes()).toBe(MODEL.length + 300_000);
  });

  it('counts as broken when the server falls silent', async () => {
    hub.storageMishaps.push({ sendBytes: 300_000, ending: 'hang' });
    const store = storeWith({
      timings: { retryDelaysMs: [1], stallTimeoutMs: 100, answerTimeoutMs: 10_000 },
    });
    expect((await store.ensure(REFERENCE)).sha256).toBe(sha256Of(MODEL));
  });

  it('keeps what was received when the user interrupts, and continues from there', async () => {
    hub.storageMishaps.push({ sendBytes: 300_000, ending: 'hang' });
    const controller = new AbortController();
    const interrupted = storeWith().ensure(REFERENCE, {
      signal: controller.signal,
      onProgress: ({ receivedBytes }) => {
        if (receivedBytes > 0) controller.abort();
      },
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'aborted' });
    expect(await readdir(modelFolder())).not.toContain('m.gguf.lock');
    expect((await storeWith().ensure(REFERENCE)).sha256).toBe(sha256Of(MODEL));
    expect(storageRequests()[1]?.headers.range).toMatch(/^bytes=[1-9]/);
  });
});

describe('an answer that is no file', () => {
  const cases: [string, Mishap, { message: RegExp; hint: RegExp }][] = [
    ['401', { status: 401 }, { message: /gated or private/, hint: /accept the licence .* HF_TOKEN/ }],
    [
      '403',
      { status: 403, headers: { 'X-Error-Code': 'GatedRepo' } },
      { message: /gated/, hint: /HF_TOKEN/ },
    ],
    ['404', { status: 404 }, { message: /the hub has no hf:owner/, hint: /check owner/ }],
    [
      'a file that the repository lacks',
      { status: 404, headers: { 'X-Error-Code': 'EntryNotFound' } },
      { message: /owner\/repo has no file m\.gguf at main/, hint: /tree\/main/ },
    ],
    [
      'a web page',
      { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: '<html>Log in</html>' },
      { message: /a web page instead of a file/, hint: /proxy or login/ },
    ],
    [
      'a limit for longer than anybody waits',
      { status: 429, headers: { 'Retry-After': '3600' } },
      { message: /status 429.* 3600 s/, hint: /later/ },
    ],
    ['a redirect to nowhere', { status: 302 }, { message: /without saying where/, hint: /^$/ }],
  ];

  it.each(cases)('%s is explained and leaves nothing', async (_name, mishap, { message, hint }) => {
    hub.hubMishaps.push(mishap);
    const error: unknown = await storeWith()
      .ensure(REFERENCE)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'download', message: expect.stringMatching(message) });
    expect((error as { hint: string | null }).hint ?? '').toMatch(hint);
    expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN);
    expect(await readdir(modelFolder())).toEqual([]);
  });

  it('waits as long as a busy hub asks for, then goes on', async () => {
    hub.hubMishaps.push({ status: 429, headers: { 'Retry-After': '0' } }, { status: 503 });
    expect((await storeWith().ensure(REFERENCE)).sha256).toBe(sha256Of(MODEL));
  });

  it('refuses a redirect from https to http', async () => {
    const fetch = async () =>
      new Response(null, { status: 302, headers: { Location: 'http://other.example/' } });
    const store = storeWith({ fetch }, { HF_ENDPOINT: 'https://hub.example' });
    await expect(store.ensure(REFERENCE)).rejects.toThrow(/redirects from https to http/);
  });
});

describe('a file that is wrong', () => {
  it('is removed when its digest is another than the hub says', async () => {
    hub.put('m.gguf', MODEL, 'a'.repeat(64));
    await expect(storeWith().ensure(REFERENCE)).rejects.toMatchObject({
      code: 'digest-mismatch',
      message: expect.stringContaining('hf:owner/repo/m.gguf delivered a wrong file'),
    });
    expect(await readdir(modelFolder())).toEqual([]);
  });

  it('is removed when it is no GGUF model', async () => {
    hub.put('m.gguf', Buffer.from(`version https://git-lfs.github.com/spec/v1\noid ${'x'.repeat(64)}\n`));
    await expect(storeWith().ensure(REFERENCE)).rejects.toMatchObject({ code: 'model' });
    expect(await readdir(modelFolder())).toEqual([]);
  });
});

describe('a full disk', () => {
  it('is noticed before the first byte', async () => {
    const store = storeWith({ freeBytes: async () => 1000 });
    await expect(store.ensure(REFERENCE)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/700 kB needed, 1\.00 kB free/),
    });
    expect(await readdir(modelFolder())).toEqual([]);
  });

  it('on the way gives back what was written', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const fetch = async () => {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(MODEL.subarray(0, 1000)),
        pull: (controller) => controller.error(full),
      });
      return new Response(body, { headers: { 'Content-Length': String(MODEL.length), ETag: '"x"' } });
    };
    await expect(storeWith({ fetch }).ensure(REFERENCE)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('700 kB needed'),
    });
    expect(await readdir(modelFolder())).toEqual([]);
  });
});

describe('a hub that is not to be asked or not there', () => {
  it('honours HF_HUB_OFFLINE', async () => {
    await expect(storeWith({}, { HF_HUB_OFFLINE: '1' }).ensure(REFERENCE)).rejects.toThrow(/HF_HUB_OFFLINE/);
    expect(hub.requests).toEqual([]);
  });

  it('downloads nothing when the caller says offline', async () => {
    await expect(storeWith().ensure(REFERENCE, { offline: true })).rejects.toMatchObject({
      code: 'download',
      hint: `run \`codejury models pull ${REFERENCE}\` once with a network`,
    });
    expect(hub.requests).toEqual([]);
  });

  it('fails at once when the connection is refused, with a word on proxies that Node ignores', async () => {
    const { endpoint } = hub;
    await hub.close();
    hub = await startFakeHub();
    const store = storeWith({}, { HF_ENDPOINT: endpoint, HTTPS_PROXY: 'http://localhost:3128' });
    await expect(store.ensure(REFERENCE)).rejects.toMatchObject({
      code: 'download',
      message: expect.stringContaining('it refuses the connection'),
      hint: expect.stringContaining('NODE_USE_ENV_PROXY=1'),
    });
  });

  it('gives up a hub that takes the connection and says nothing', async () => {
    const fetch = (_url: unknown, { signal }: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    const store = storeWith({ fetch, timings: { answerTimeoutMs: 20, retryDelaysMs: [60_000] } });
    await expect(store.ensure(REFERENCE)).rejects.toMatchObject({ code: 'download', retryable: true });
  });

  it.each(['ftp://hub.example', 'hub.example', 'https://ada:pw@hub.example'])(
    'refuses HF_ENDPOINT=%s',
    async (value) => {
      await expect(storeWith({}, { HF_ENDPOINT: value }).ensure(REFERENCE)).rejects.toMatchObject({
        code: 'usage',
      });
    },
  );
});
