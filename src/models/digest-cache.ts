import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../io/error-code.ts';
import { hashFile } from '../io/hash-file.ts';
import type { OnProgress } from '../io/progress.ts';
import { writeFileAtomically } from '../io/write-file-atomically.ts';
import type { ModelFileFacts } from './model-file.ts';
import { isReadOnly } from './model-record.ts';

export interface DigestCache {
  /** sha256 of a file that others keep, computed once as long as its size and time of change stay. */
  readonly digestOf: (
    facts: ModelFileFacts,
    options?: { readonly signal?: AbortSignal | undefined; readonly onProgress?: OnProgress | undefined },
  ) => Promise<string>;
}

interface CachedDigest {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
}

const MAXIMUM_ENTRIES = 256;

/** Digests remembered in one small file; losing it costs only time. */
export function createDigestCache(modelsDir: string): DigestCache {
  const file = path.join(modelsDir, 'digests.json');
  return {
    digestOf: async (facts, options = {}) => {
      const known = (await read(file))[facts.path];
      const { sizeBytes, modifiedMs } = facts;
      if (known?.sizeBytes === sizeBytes && known.modifiedMs === modifiedMs) return known.sha256;
      const sha256 = await hashFile(facts.path, options);
      // Read again: hashing took time, and another process may have added its own.
      const { [facts.path]: _outdated, ...others } = await read(file);
      const entries = [...Object.entries(others), [facts.path, { sizeBytes, modifiedMs, sha256 }]];
      await write(file, Object.fromEntries(entries.slice(-MAXIMUM_ENTRIES)));
      return sha256;
    },
  };
}

async function read(file: string): Promise<Record<string, CachedDigest>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, CachedDigest>) : {};
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return {};
    throw error;
  }
}

async function write(file: string, digests: Record<string, CachedDigest>): Promise<void> {
  try {
    await writeFileAtomically(file, JSON.stringify(digests));
  } catch (error) {
    if (!isReadOnly(error)) throw error;
  }
}
