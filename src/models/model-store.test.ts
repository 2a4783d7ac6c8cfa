import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ggufLike, sha256Of } from '../../test/support/fake-hub.ts';
import { locationOf, type ModelLocation } from './model-location.ts';
import { parseModelReference } from './model-reference.ts';
import { createModelStore } from './model-store.ts';
import { MODEL_ENTRIES } from './registry.ts';

const MODEL = ggufLike(50_000);
const REFERENCE = 'hf:owner/repo@v1/sub/m.gguf';

let folder: string;
let models: string;
let location: ModelLocation;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codejury-store-'));
  models = path.join(folder, 'models');
  const reference = parseModelReference(REFERENCE);
  if (reference.kind !== 'hf') throw new Error('unreachable');
  location = locationOf(reference, models);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A store that fails the test if it touches the network or runs a program. */
const store = () =>
  createModelStore({
    modelsDir: models,
    env: { HOME: folder },
    fetch: () => Promise.reject(new Error('no network in this test')),
    spawn: () => Promise.reject(new Error('no programs in this test')),
  });

async function install(content = MODEL): Promise<void> {
  await mkdir(path.dirname(location.file), { recursive: true });
  await writeFile(location.file, content);
}

describe("a file of the user's own", () => {
  it('is used where it is, by path or file:', async () => {
    const file = path.join(folder, 'own.gguf');
    await writeFile(file, MODEL);
    const expected = {
      path: file,
      sha256: sha256Of(MODEL),
      sizeBytes: MODEL.length,
      source: `file:${file}`,
      entry: null,
    };
    expect(await store().ensure(file)).toEqual(expected);
    expect(await store().ensure(`file:${file}`)).toEqual(expected);
    expect(await store().locate(file)).toBe(file);
    expect(await store().verify(file)).toMatchObject({ sha256: sha256Of(MODEL), expectedSha256: null });
  });

  it('is hashed again only after a change', async () => {
    const file = path.join(folder, 'own.gguf');
    const changed = ggufLike(50_000, 9);
    const time = new Date(1_700_000_000_000);
    await writeFile(file, MODEL);
    await utimes(file, time, time);
    expect((await store().ensure(file)).sha256).toBe(sha256Of(MODEL));
    // Same size and time: the digest remembered counts, which shows that nothing was read.
    await writeFile(file, changed);
    await utimes(file, time, time);
    expect((await store().ensure(file)).sha256).toBe(sha256Of(MODEL));
    await utimes(file, time, new Date(1_700_000_001_000));
    expect((await store().ensure(file)).sha256).toBe(sha256Of(changed));
  });

  it.each([
    ['missing', null, 'not-found', /there is no model file/],
    ['a stub', Buffer.from('GGUF'), 'model', /has only 4 B/],
    ['a zip', Buffer.from(`PK\x03\x04${'x'.repeat(100)}`), 'model', /no GGUF model/],
    [
      'GGUF of a later version',
      Buffer.concat([Buffer.from('GGUF\x09\0\0\0'), Buffer.alloc(40)]),
      'model',
      /version 9/,
    ],
  ])('that is %s is refused', async (_name, content, code, message) => {
    const file = path.join(folder, 'own.gguf');
    if (content !== null) await writeFile(file, content);
    await expect(store().ensure(file)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(await store().locate(file)).toBeNull();
  });

  it('is never removed', async () => {
    const file = path.join(folder, 'own.gguf');
    await writeFile(file, MODEL);
    await expect(store().remove(file)).rejects.toMatchObject({ code: 'usage' });
    expect(await readFile(file)).toEqual(MODEL);
  });
});

describe('a model in its place', () => {
  it('is taken without network, its digest recorded at the first use', async () => {
    await install();
    expect(await store().ensure(REFERENCE)).toMatchObject({ path: location.file, sha256: sha256Of(MODEL) });
    expect(JSON.parse(await readFile(location.record, 'utf8'))).toMatchObject({
      checkedAgainst: 'first-use',
    });
  });

  it('that was damaged since is set aside, by ensure and by verify', async () => {
    for (const use of [store().ensure, store().verify]) {
      await install();
      await store().ensure(REFERENCE);
      await appendFile(location.file, 'x');
      await expect(use(REFERENCE)).rejects.toMatchObject({
        code: 'digest-mismatch',
        message: expect.stringContaining(`expected ${sha256Of(MODEL)}`),
        hint: expect.stringContaining(location.setAside),
      });
      expect((await readdir(path.dirname(location.file))).sort()).toEqual(['m.gguf.corrupt']);
    }
  });

  it('with the name of a registered model and other bytes is set aside', async () => {
    const own = locationOf({ kind: 'registered', name: 'smollm2-135m' }, models);
    await mkdir(path.dirname(own.file), { recursive: true });
    await writeFile(own.file, MODEL);
    await expect(store().ensure('smollm2-135m')).rejects.toMatchObject({ code: 'digest-mismatch' });
    expect(await readdir(path.dirname(own.file))).toEqual([path.basename(own.setAside)]);
  });

  it('with a record that cannot be read is looked at anew', async () => {
    await install();
    await writeFile(location.record, '{ not json');
    expect((await store().ensure(REFERENCE)).sha256).toBe(sha256Of(MODEL));
  });
});

describe('list, verify and remove', () => {
  it('lists every registered model and what was pulled otherwise', async () => {
    await install();
    await store().ensure(REFERENCE);
    const listed = await store().list();
    expect(listed.map(({ reference }) => reference)).toEqual([
      ...MODEL_ENTRIES.map(({ name }) => name),
      REFERENCE,
    ]);
    expect(listed.at(-1)).toMatchObject({ state: 'ready', path: location.file, sha256: sha256Of(MODEL) });
    expect(listed[0]).toMatchObject({ state: 'absent', path: null, sizeBytes: null });
  });

  it('says how to get what is not there', async () => {
    await expect(store().verify('phi-4')).rejects.toMatchObject({
      code: 'not-found',
      hint: '`codejury models pull phi-4` gets it',
    });
    expect(await store().locate('phi-4')).toBeNull();
  });

  it('removes the model and all that belongs to it, folders too', async () => {
    await install();
    await store().ensure(REFERENCE);
    await writeFile(`${location.file}.partial`, 'abc');
    expect(await store().remove(REFERENCE)).toEqual({
      removedBytes: MODEL.length + 3,
      removed: [location.file, `${location.file}.partial`],
    });
    expect(await readdir(models)).toEqual([]);
    expect(await store().remove(REFERENCE)).toEqual({ removedBytes: 0, removed: [] });
  });

  it('does not remove what another process is downloading', async () => {
    await mkdir(path.dirname(location.lock), { recursive: true });
    const owner = {
      pid: process.ppid,
      host: hostname(),
      startedAt: null,
      token: 't',
    };
    await writeFile(location.lock, JSON.stringify(owner));
    await expect(store().remove(REFERENCE)).rejects.toMatchObject({ code: 'model' });
  });

  it('has no file of a model that a server serves', async () => {
    await expect(store().ensure('openai:m@http://localhost:1/v1')).rejects.toMatchObject({ code: 'usage' });
  });
});
