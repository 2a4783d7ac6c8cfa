import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { errorCode } from '../io/error-code.ts';
import { isGgufFile } from './model-file.ts';
import { MODEL_ENTRIES } from './registry.ts';
import { hubCacheFolder, lmStudioFolders, ollamaFolders } from './tool-folders.ts';

/** A model file that another tool keeps on this machine. */
export interface ScannedModel {
  readonly tool: 'huggingface' | 'lm-studio' | 'ollama';
  /** As the tool calls it, e.g. `Qwen/Qwen2.5-Coder-3B-Instruct-GGUF/model.gguf` or `llama3.2:3b`. */
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  /** As the tool's own file names claim it; not computed. Null when they do not. */
  readonly sha256: string | null;
  /** Whether the file really begins like a GGUF model. */
  readonly isGguf: boolean;
  /** The registered model with that digest; null when there is none or the digest is not known. */
  readonly registeredName: string | null;
}

type Found = Omit<ScannedModel, 'isGguf' | 'registeredName' | 'sizeBytes'>;

/** The depth below a models folder to which is looked; every tool's own layout is shallower. */
const MAXIMUM_DEPTH = 8;

/**
 * GGUF models that the hub client, LM Studio and Ollama downloaded, by tool and name. Reads folders and the first
 * bytes of each file; folders that are missing or closed to this user count as empty.
 */
export async function scanModels(env: Environment, signal?: AbortSignal): Promise<ScannedModel[]> {
  const found: Found[] = [...(await scanHubCache(hubCacheFolder(env)))];
  for (const folder of await lmStudioFolders(env)) found.push(...(await scanLmStudio(folder)));
  for (const folder of ollamaFolders(env)) found.push(...(await scanOllama(folder)));
  const models: ScannedModel[] = [];
  for (const model of found) {
    throwIfAborted(signal);
    const sizeBytes = await fileSize(model.path);
    if (sizeBytes === null) continue;
    const entry = MODEL_ENTRIES.find(({ sha256 }) => sha256 !== null && sha256 === model.sha256);
    const isGguf = await isGgufFile(model.path);
    models.push({ ...model, sizeBytes, isGguf, registeredName: entry?.name ?? null });
  }
  return models.sort((a, b) => compare(a.tool, b.tool) || compare(a.name, b.name) || compare(a.path, b.path));
}

/** `models--OWNER--REPO/snapshots/COMMIT/FILE`, each a link to `blobs/SHA256`. */
async function scanHubCache(folder: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const repository of await list(folder)) {
    const name = /^models--(.+)$/.exec(repository.name)?.[1]?.replace('--', '/');
    if (name === undefined) continue;
    const snapshots = path.join(folder, repository.name, 'snapshots');
    for (const file of await ggufBelow(snapshots)) {
      const [, ...parts] = path.relative(snapshots, file).split(path.sep);
      const target = await targetOf(file);
      if (target === null) continue;
      const blob = path.basename(target);
      const sha256 = /^[0-9a-f]{64}$/.test(blob) ? blob : null;
      found.push({ tool: 'huggingface', name: [name, ...parts].join('/'), path: file, sha256 });
    }
  }
  return found;
}

/** `OWNER/REPO/FILE`. */
async function scanLmStudio(folder: string): Promise<Found[]> {
  const files = await ggufBelow(folder);
  return files.map((file) => ({
    tool: 'lm-studio',
    name: path.relative(folder, file).split(path.sep).join('/'),
    path: file,
    sha256: null,
  }));
}

/** `manifests/HOST/NAMESPACE/MODEL/TAG`, a list of layers; the one with the weights is `blobs/sha256-…`. */
async function scanOllama(folder: string): Promise<Found[]> {
  const manifests = path.join(folder, 'manifests');
  const found: Found[] = [];
  for (const file of await filesBelow(manifests, () => true)) {
    const sha256 = await weightsOf(file);
    const [, namespace, ...rest] = path.relative(manifests, file).split(path.sep);
    const tag = rest.pop();
    if (sha256 === null || namespace === undefined || tag === undefined) continue;
    const model = (namespace === 'library' ? rest : [namespace, ...rest]).join('/');
    found.push({ tool: 'ollama', name: `${model}:${tag}`, path: ollamaBlob(folder, sha256), sha256 });
  }
  return found;
}

/** Where Ollama keeps the blob of that digest. */
export function ollamaBlob(folder: string, sha256: string): string {
  return path.join(folder, 'blobs', `sha256-${sha256}`);
}

async function weightsOf(manifest: string): Promise<string | null> {
  try {
    const value = JSON.parse(await readFile(manifest, 'utf8')) as {
      layers?: { mediaType?: string; digest?: string }[];
    };
    const layer = value.layers?.find(({ mediaType }) => mediaType === 'application/vnd.ollama.image.model');
    return /^sha256:([0-9a-f]{64})$/.exec(layer?.digest ?? '')?.[1] ?? null;
  } catch (error) {
    // Another program's file: what is not a manifest as we know them names no model.
    if (error instanceof SyntaxError || error instanceof TypeError || errorCode(error) !== null) return null;
    throw error;
  }
}

function ggufBelow(folder: string): Promise<string[]> {
  return filesBelow(folder, (name) => /\.gguf$/i.test(name) && !/^mmproj/i.test(name));
}

async function filesBelow(folder: string, wanted: (name: string) => boolean, depth = 0): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await list(folder)) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory() && depth < MAXIMUM_DEPTH)
      files.push(...(await filesBelow(full, wanted, depth + 1)));
    else if (!entry.isDirectory() && wanted(entry.name)) files.push(full);
  }
  return files;
}

async function list(folder: string): Promise<Dirent[]> {
  return (await orNull(() => readdir(folder, { withFileTypes: true }))) ?? [];
}

function targetOf(link: string): Promise<string | null> {
  return orNull(() => realpath(link));
}

async function fileSize(file: string): Promise<number | null> {
  const found = await orNull(() => stat(file));
  return found?.isFile() ? found.size : null;
}

/** Null for what is missing, dangling or not ours to read. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
