import { readFile } from 'node:fs/promises';
import { errorCode } from '../io/error-code.ts';
import { writeFileAtomically } from '../io/write-file-atomically.ts';

/** What is remembered beside a downloaded file. */
export interface ModelRecord {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** The source that delivered it, as a model reference. */
  readonly source: string;
  /** The hub commit that the revision stood for; null for other sources or when the hub did not say. */
  readonly commit: string | null;
  /** `registry`: a digest known before; `hub`: the hub's own statement; `first-use`: nothing but this first download. */
  readonly checkedAgainst: 'registry' | 'hub' | 'first-use';
  /** ISO 8601. */
  readonly installedAt: string;
}

/** Null when there is no record, or none that can be read: the file is then looked at anew. */
export async function readModelRecord(file: string): Promise<ModelRecord | null> {
  try {
    return parseRecord(await readFile(file, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Remembers; in a models folder that may only be read, the next run computes the digest again. */
export async function writeModelRecord(file: string, record: ModelRecord): Promise<void> {
  try {
    await writeFileAtomically(file, `${JSON.stringify(record, null, 2)}\n`);
  } catch (error) {
    if (!isReadOnly(error)) throw error;
  }
}

/** True for the errors of writing where only reading is allowed. */
export function isReadOnly(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '');
}

function parseRecord(text: string): ModelRecord | null {
  try {
    const value = JSON.parse(text) as Partial<ModelRecord> | null;
    const whole =
      typeof value?.sha256 === 'string' &&
      typeof value.sizeBytes === 'number' &&
      typeof value.modifiedMs === 'number' &&
      typeof value.source === 'string';
    if (!whole) return null;
    return {
      sha256: value.sha256 ?? '',
      sizeBytes: value.sizeBytes ?? 0,
      modifiedMs: value.modifiedMs ?? 0,
      source: value.source ?? '',
      commit: value.commit ?? null,
      checkedAgainst: value.checkedAgainst ?? 'first-use',
      installedAt: value.installedAt ?? '',
    };
  } catch {
    // Damaged by hand or by a crash of the disk; it only saves work, so it may be lost.
    return null;
  }
}
