import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from '../io/environment.ts';
import { errorCode } from '../io/error-code.ts';
import type { ModelEntry } from './model-entry.ts';
import { isGgufFile } from './model-file.ts';
import { type HubReference, parseModelReference } from './model-reference.ts';
import { ollamaBlob } from './scan-models.ts';
import { hubCacheFolder, lmStudioFolders, ollamaFolders } from './tool-folders.ts';

/**
 * A file of the entry's name or digest and of its size that another tool downloaded: worth computing the digest of, but
 * not yet verified. Null when the entry's digest is not known, or nothing is there. Looks at a handful of exact places.
 */
export async function findLocalCopy(entry: ModelEntry, env: Environment): Promise<string | null> {
  const { sha256, sizeBytes } = entry;
  if (sha256 === null) return null;
  const hubSources = entry.sources
    .map((source) => parseModelReference(source))
    .filter((source): source is HubReference => source.kind === 'hf');
  const places: string[] = [];
  for (const source of hubSources) {
    places.push(...(await hubCachePlaces(hubCacheFolder(env), source)));
    for (const folder of await lmStudioFolders(env)) {
      places.push(path.join(folder, source.owner, source.repository, source.file));
    }
  }
  places.push(...ollamaFolders(env).map((folder) => ollamaBlob(folder, sha256)));
  for (const place of places) {
    if ((await hasSize(place, sizeBytes)) && (await isGgufFile(place))) return place;
  }
  return null;
}

async function hubCachePlaces(cache: string, source: HubReference): Promise<string[]> {
  const snapshots = path.join(cache, `models--${source.owner}--${source.repository}`, 'snapshots');
  try {
    const commits = await readdir(snapshots);
    return commits.map((commit) => path.join(snapshots, commit, source.file));
  } catch (error) {
    if (errorCode(error) !== null) return [];
    throw error;
  }
}

async function hasSize(file: string, sizeBytes: number | null): Promise<boolean> {
  try {
    const found = await stat(file);
    return found.isFile() && (sizeBytes === null || found.size === sizeBytes);
  } catch (error) {
    if (errorCode(error) !== null) return false;
    throw error;
  }
}
