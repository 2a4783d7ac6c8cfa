import { open } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';
import { errorCode } from './error-code.ts';

/** A file of weights, read piece by piece. */
export interface BinaryFile {
  readonly path: string;
  readonly size: number;
  /** Exactly this stretch. @throws {CodejuryError} `model` when the file ends before it does. */
  readonly read: (offset: number, length: number) => Promise<Buffer>;
  readonly close: () => Promise<void>;
}

/** @throws {CodejuryError} `not-found` when nothing is there; `model` for a folder or what may not be read. */
export async function openBinaryFile(path: string): Promise<BinaryFile> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw errorCode(cause) === 'ENOENT'
      ? new CodejuryError('not-found', `there is no file ${path}`, { hint: 'is the path right?', cause })
      : new CodejuryError('model', `${path} cannot be read (${errorCode(cause) ?? 'unknown error'})`, {
          cause,
        });
  });
  const facts = await file.stat();
  if (!facts.isFile()) {
    await file.close();
    throw new CodejuryError('model', `${path}: expected a file, received a folder or device`);
  }
  const { size } = facts;
  return {
    path,
    size,
    read: async (offset, length) => {
      const buffer = Buffer.alloc(offset + length > size ? 0 : length);
      let done = 0;
      while (done < buffer.length) {
        const { bytesRead } = await file.read(buffer, done, buffer.length - done, offset + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      if (done < length) {
        throw new CodejuryError('model', `${path} is cut off: it has ${size} bytes, its header names more`, {
          hint: 'get or write the file again',
        });
      }
      return buffer;
    },
    close: () => file.close(),
  };
}
