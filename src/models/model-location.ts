import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CodejuryError } from '../errors.ts';
import { errorCode } from '../io/error-code.ts';
import type { HubReference, ModelReference, WheelReference } from './model-reference.ts';
import { parseModelReference } from './model-reference.ts';
import { findModelEntry, MODEL_ENTRIES } from './registry.ts';

/** A reference whose file codejury itself keeps under its models folder. */
export type StoredReference = Exclude<ModelReference, { kind: 'file' | 'openai' }>;

/** The names that belong to one stored model. */
export interface ModelLocation {
  readonly file: string;
  readonly record: string;
  readonly lock: string;
  /** Work of a wheel download; whoever holds the lock may remove what an earlier one left. */
  readonly wheelFolder: string;
  /** Where a file goes whose digest turned out wrong. */
  readonly setAside: string;
}

/** Where the model's file is or will be. References are parsed strictly, so the path stays inside `modelsDir`. */
export function locationOf(reference: StoredReference, modelsDir: string): ModelLocation {
  const file = path.join(modelsDir, ...relativeParts(reference));
  return {
    file,
    record: `${file}.json`,
    lock: `${file}.lock`,
    wheelFolder: `${file}.wheel`,
    setAside: `${file}.corrupt`,
  };
}

/** Every registered name, and every other model that left a file or the beginning of one in the models folder. */
export async function storedReferences(modelsDir: string): Promise<StoredReference[]> {
  const found = new Map<string, StoredReference>();
  for (const folder of ['hf', 'wheel'] as const) {
    for (const parts of await filesBelow(path.join(modelsDir, folder))) {
      const reference = referenceOf(folder, parts);
      if (reference !== null) found.set(JSON.stringify(reference), reference);
    }
  }
  const registered = MODEL_ENTRIES.map((entry) => ({ kind: 'registered', name: entry.name }) as const);
  return [...registered, ...found.values()];
}

function relativeParts(reference: StoredReference): string[] {
  switch (reference.kind) {
    case 'registered': {
      const source = parseModelReference(findModelEntry(reference.name)?.sources[0] ?? '');
      const file = source.kind === 'hf' || source.kind === 'wheel' ? source.file : 'model.gguf';
      return [reference.name, path.posix.basename(file)];
    }
    case 'hf':
      return ['hf', reference.owner, reference.repository, reference.revision, ...reference.file.split('/')];
    case 'wheel':
      return ['wheel', reference.package, reference.version, ...reference.file.split('/')];
  }
}

function referenceOf(kind: 'hf' | 'wheel', parts: readonly string[]): HubReference | WheelReference | null {
  const [first = '', second = '', ...rest] = parts;
  const last = rest.pop()?.replace(/\.partial$/, '');
  if (last === undefined || /\.(json|lock|corrupt|tmp)$/.test(last)) return null;
  if (kind === 'wheel') return { kind, package: first, version: second, file: [...rest, last].join('/') };
  const [revision, ...folders] = rest;
  if (revision === undefined) return null;
  return { kind, owner: first, repository: second, revision, file: [...folders, last].join('/') };
}

async function filesBelow(folder: string): Promise<string[][]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter(
        (entry) =>
          entry.isFile() && !entry.parentPath.split(path.sep).some((part) => part.endsWith('.wheel')),
      )
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    if (errorCode(error) !== 'ENOTDIR') throw error;
    throw new CodejuryError('usage', `cannot look for models in ${folder}: a part of that path is a file`, {
      hint: 'set CODEJURY_HOME, or CODEJURY_MODELS, to a folder',
      cause: error,
    });
  }
}
