import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { z } from 'zod';
import { CodejuryError } from '../errors.ts';
import { writeFileAtomically } from '../io/write-file-atomically.ts';
import { parseStrict } from '../util/parse-strict.ts';
import { parseDocument } from './parse-document.ts';
import type { TaskIndex } from './task-index.ts';

/** A task that is left out of everything that trusts its tests, and why. */
export interface Exclusion {
  readonly id: string;
  readonly reason: string;
}

const id = z.string().trim().min(1);
const listSchema = z.union(
  [
    z.strictObject({ excluded: z.array(z.strictObject({ id, reason: z.string() })) }),
    z.array(id).transform((ids) => ({ excluded: ids.map((name) => ({ id: name, reason: 'listed' })) })),
  ],
  { error: 'expected a list of ids, or one of { id, reason } under `excluded`' },
);

/**
 * The tasks that a file excludes, each with its reason: what `tasks inspect --exclusions` writes, a list of ids in YAML or
 * JSON, or a plain text with one id a line (`#` begins a comment). An id may be the benchmark's own, or the last part of a
 * task's id. A list may be longer than the tasks, of which there may be only a part: ids that no task has become a notice.
 *
 * @throws {CodejuryError} `not-found` when it cannot be read; `usage`, naming file, line where known, and the nearest id, for
 * what is no such list and when no id is that of a task.
 */
export async function readExclusions(
  path: string,
  index: TaskIndex,
  onNotice: (text: string) => void,
): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CodejuryError('not-found', `cannot read the exclusions ${path}`, {
      hint: 'is the path right?',
      cause,
    });
  });
  const named = isDocument(path) ? await documentEntries(text, path) : plainEntries(text, path);
  const excluded = new Map<string, string>();
  const unknown: { readonly name: string; readonly error: unknown }[] = [];
  for (const { name, reason, place } of named) {
    try {
      excluded.set(index.resolve(name, null, place).id, reason);
    } catch (error) {
      if (!(error instanceof CodejuryError)) throw error;
      unknown.push({ name, error });
    }
  }
  const [first] = unknown;
  if (first !== undefined && excluded.size === 0) throw first.error;
  if (first !== undefined) {
    const some = unknown.slice(0, 3).map(({ name }) => name);
    onNotice(
      `${path}: ${unknown.length} of ${named.length} excluded ids are none of these tasks: ${some.join(', ')}${unknown.length > some.length ? ', …' : ''}`,
    );
  }
  return excluded;
}

/**
 * Writes the exclusions, sorted by id, so that a reader sees the old file or the whole new one.
 *
 * @throws {CodejuryError} as `checkExclusionsPath`.
 */
export async function writeExclusions(path: string, exclusions: readonly Exclusion[]): Promise<void> {
  checkExclusionsPath(path);
  const excluded = exclusions
    .map(({ id, reason }) => ({ id, reason }))
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const { stringify } = await import('yaml');
  const isJson = extname(path).toLowerCase() === '.json';
  await writeFileAtomically(
    path,
    isJson ? `${JSON.stringify({ excluded }, null, 2)}\n` : stringify({ excluded }, { lineWidth: 0 }),
  );
}

/** @throws {CodejuryError} `usage` for a name that would be read as something else than it holds. */
export function checkExclusionsPath(path: string): void {
  if (!isDocument(path)) {
    throw new CodejuryError('usage', `expected a file of exclusions in .yaml or .json, received ${path}`);
  }
}

function isDocument(path: string): boolean {
  return ['.yaml', '.yml', '.json'].includes(extname(path).toLowerCase());
}

interface NamedExclusion {
  readonly name: string;
  readonly reason: string;
  readonly place: string;
}

async function documentEntries(text: string, path: string): Promise<readonly NamedExclusion[]> {
  const { excluded } = parseStrict(listSchema, await parseDocument(text, path), path);
  return excluded.map(({ id: name, reason }) => ({ name, reason, place: path }));
}

function plainEntries(text: string, path: string): readonly NamedExclusion[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const name = line.replace(/(?:^|\s)#.*$/, '').trim();
    return name === '' ? [] : [{ name, reason: 'listed', place: `${path}:${index + 1}` }];
  });
}
