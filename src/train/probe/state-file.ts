import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { cannotWrite } from '../../io/cannot-write.ts';
import { acquireFileLock } from '../../io/file-lock.ts';

/** What a model made of one prompt. */
export interface StoredStates {
  readonly mean: Float32Array;
  readonly last: Float32Array;
}

/** Hidden states by key, in a file that grows. */
export interface StateFile {
  readonly has: (key: string) => boolean;
  /** Null for a key that is not there. */
  readonly get: (key: string) => Promise<StoredStates | null>;
  /** Written when it resolves; a key that is there already stays as it is. */
  readonly put: (key: string, states: StoredStates) => Promise<void>;
  readonly close: () => Promise<void>;
}

const MAGIC = Buffer.from('CJSTATE1');
/** Magic, then the width of the vectors. */
const HEADER_BYTES = MAGIC.length + 4;
/** A key is a sha256. */
const KEY_BYTES = 32;

/**
 * Opens or makes the file: a header, then records of a fixed size (key, mean, last; single precision, little-endian). A record
 * that a killed process left half is cut off. One process at a time: others wait.
 *
 * @throws {CodejuryError} `usage` for a file that is something else, or that cannot be written; `disk-full`; `aborted`.
 */
export async function openStateFile(path: string, signal: AbortSignal): Promise<StateFile> {
  const lock = await acquireFileLock(`${path}.lock`, { signal });
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a+');
    try {
      return await readStateFile(path, file, async () => {
        await file.close();
        await lock.release();
      });
    } catch (error) {
      await file.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw cannotWrite(path, error);
  }
}

async function readStateFile(path: string, file: FileHandle, close: () => Promise<void>): Promise<StateFile> {
  let width = await readWidth(path, file);
  const recordBytes = () => KEY_BYTES + 8 * (width ?? 0);
  const positions = new Map<string, number>();
  let end = HEADER_BYTES;
  if (width !== null) {
    const { size } = await file.stat();
    for (; end + recordBytes() <= size; end += recordBytes()) {
      positions.set((await readAt(file, end, KEY_BYTES)).toString('hex'), end);
    }
    if (end < size) await file.truncate(end);
  }
  return {
    has: (key) => positions.has(key),
    get: async (key) => {
      const position = positions.get(key);
      if (position === undefined || width === null) return null;
      const record = await readAt(file, position + KEY_BYTES, 8 * width);
      const values = Float32Array.from({ length: 2 * width }, (_, index) => record.readFloatLE(4 * index));
      return { mean: values.slice(0, width), last: values.slice(width) };
    },
    put: async (key, { mean, last }) => {
      if (positions.has(key)) return;
      if (mean.length !== last.length || (width !== null && mean.length !== width)) {
        throw new RangeError(
          `expected states of ${width ?? mean.length}, received ${mean.length} and ${last.length}`,
        );
      }
      try {
        if (width === null) {
          width = mean.length;
          const header = Buffer.alloc(HEADER_BYTES);
          MAGIC.copy(header);
          header.writeUInt32LE(width, MAGIC.length);
          await file.truncate(0);
          await file.appendFile(header);
        }
        const record = Buffer.alloc(recordBytes());
        record.write(key, 0, KEY_BYTES, 'hex');
        for (const [index, value] of [...mean, ...last].entries()) {
          record.writeFloatLE(value, KEY_BYTES + 4 * index);
        }
        await file.appendFile(record);
        positions.set(key, end);
        end += record.length;
      } catch (error) {
        throw cannotWrite(path, error);
      }
    },
    close,
  };
}

/** Null for an empty file, and for one whose first bytes a killed process did not finish. */
async function readWidth(path: string, file: FileHandle): Promise<number | null> {
  const start = await readAt(file, 0, HEADER_BYTES);
  const magic = start.subarray(0, MAGIC.length);
  if (!MAGIC.subarray(0, magic.length).equals(magic)) {
    throw new CodejuryError('usage', `${path} does not hold hidden states`, {
      hint: 'remove the file; it is made again',
    });
  }
  return start.length < HEADER_BYTES ? null : start.readUInt32LE(MAGIC.length);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
