import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ggufLike, sha256Of } from '../../test/support/fake-hub.ts';
import { findLocalCopy } from './find-local-copy.ts';
import type { ModelEntry } from './model-entry.ts';
import { MODEL_ENTRIES } from './registry.ts';
import { scanModels } from './scan-models.ts';

const MODEL = ggufLike(1000);
const DIGEST = sha256Of(MODEL);
const COMMIT = 'b'.repeat(40);

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'codejury-scan-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function put(file: string, content: Buffer | string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

async function putHub(root: string, file = 'sub/m.gguf', blob = DIGEST): Promise<string> {
  const repository = path.join(root, 'models--owner--repo');
  const target = await put(path.join(repository, 'blobs', blob), MODEL);
  const link = path.join(repository, 'snapshots', COMMIT, file);
  await mkdir(path.dirname(link), { recursive: true });
  await symlink(path.relative(path.dirname(link), target), link);
  return link;
}

async function putOllama(root: string, name: string, sha256 = DIGEST): Promise<string> {
  await put(
    path.join(root, 'manifests', 'registry.ollama.ai', ...name.split('/')),
    JSON.stringify({
      layers: [
        { mediaType: 'application/vnd.ollama.image.template', digest: `sha256:${'0'.repeat(64)}` },
        { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${sha256}` },
      ],
    }),
  );
  return put(path.join(root, 'blobs', `sha256-${sha256}`), MODEL);
}

describe('scanModels', () => {
  it('finds what the three tools keep in their usual places', async () => {
    const hub = await putHub(path.join(home, '.cache', 'huggingface', 'hub'));
    const studio = await put(
      path.join(home, '.lmstudio', 'models', 'lm', 'repo', 'x.gguf'),
      'no model at all, but long enough',
    );
    const ollama = await putOllama(path.join(home, '.ollama', 'models'), 'library/llama3.2/3b');
    const found = await scanModels({ HOME: home });
    expect(found.filter((model) => model.path.startsWith(home))).toEqual([
      {
        tool: 'huggingface',
        name: 'owner/repo/sub/m.gguf',
        path: hub,
        sizeBytes: 1000,
        sha256: DIGEST,
        isGguf: true,
        registeredName: null,
      },
      {
        tool: 'lm-studio',
        name: 'lm/repo/x.gguf',
        path: studio,
        sizeBytes: 32,
        sha256: null,
        isGguf: false,
        registeredName: null,
      },
      {
        tool: 'ollama',
        name: 'llama3.2:3b',
        path: ollama,
        sizeBytes: 1000,
        sha256: DIGEST,
        isGguf: true,
        registeredName: null,
      },
    ]);
  });

  it("follows the tools' own settings", async () => {
    const env = { HOME: home, HF_HOME: path.join(home, 'hf'), OLLAMA_MODELS: path.join(home, 'ol') };
    const phi = MODEL_ENTRIES.find(({ name }) => name === 'phi-4')?.sha256 ?? '';
    await putHub(path.join(home, 'hf', 'hub'), 'm.gguf', phi);
    await putOllama(path.join(home, 'ol'), 'team/model/latest');
    await put(
      path.join(home, '.lmstudio', 'settings.json'),
      JSON.stringify({ downloadsFolder: path.join(home, 'lm') }),
    );
    await put(path.join(home, 'lm', 'a', 'b', 'c.gguf'), MODEL);
    const found = await scanModels(env);
    expect(found.map(({ tool, name, registeredName }) => [tool, name, registeredName])).toEqual([
      ['huggingface', 'owner/repo/m.gguf', 'phi-4'],
      ['lm-studio', 'a/b/c.gguf', null],
      ['ollama', 'team/model:latest', null],
    ]);
  });

  it('passes over what is broken: dangling links, odd manifests, projectors, missing folders', async () => {
    const env = { HOME: home, OLLAMA_MODELS: path.join(home, 'ol'), HF_HUB_CACHE: path.join(home, 'hub') };
    const link = await putHub(path.join(home, 'hub'));
    await rm(path.join(path.dirname(link), '..', '..', '..', 'blobs'), { recursive: true });
    await put(path.join(home, 'ol', 'manifests', 'host', 'library', 'm', 'latest'), 'not json');
    await put(path.join(home, 'ol', 'manifests', 'host', 'library', 'm', 'other'), '{"layers": 7}');
    await put(path.join(home, '.lmstudio', 'settings.json'), 'null');
    await put(path.join(home, '.lmstudio', 'models', 'a', 'b', 'mmproj-m.gguf'), MODEL);
    expect(await scanModels(env)).toEqual([]);
  });

  it('stops when interrupted', async () => {
    await putHub(path.join(home, '.cache', 'huggingface', 'hub'));
    await expect(scanModels({ HOME: home }, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
  });
});

describe('findLocalCopy', () => {
  const entry = (sha256: string | null): ModelEntry => ({
    name: 'tiny',
    family: 'Tiny',
    parameters: 1,
    licence: 'MIT',
    chatFormat: 'chatml',
    instruct: true,
    sampling: { temperature: null, topP: null, topK: null },
    sources: ['hf:owner/repo/sub/m.gguf'],
    sizeBytes: sha256 === null ? null : 1000,
    sha256,
    digestVerified: false,
    note: '',
  });

  it('finds the file in each tool by name or digest', async () => {
    const env = { HOME: home, OLLAMA_MODELS: path.join(home, 'ol') };
    expect(await findLocalCopy(entry(DIGEST), env)).toBeNull();
    const ollama = await putOllama(path.join(home, 'ol'), 'library/tiny/latest');
    expect(await findLocalCopy(entry(DIGEST), env)).toBe(ollama);
    const studio = await put(path.join(home, '.lmstudio', 'models', 'owner', 'repo', 'sub', 'm.gguf'), MODEL);
    expect(await findLocalCopy(entry(DIGEST), env)).toBe(studio);
    const hub = await putHub(path.join(home, '.cache', 'huggingface', 'hub'));
    expect(await findLocalCopy(entry(DIGEST), env)).toBe(hub);
  });

  it('finds nothing for an unknown digest or another size', async () => {
    await put(path.join(home, '.lmstudio', 'models', 'owner', 'repo', 'sub', 'm.gguf'), MODEL.subarray(1));
    expect(await findLocalCopy(entry(DIGEST), { HOME: home })).toBeNull();
    await putHub(path.join(home, '.cache', 'huggingface', 'hub'));
    expect(await findLocalCopy(entry(null), { HOME: home })).toBeNull();
  });
});
