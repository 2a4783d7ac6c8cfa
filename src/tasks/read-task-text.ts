import { open } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';

/**
 * Most bytes of a task file. Hand-written tasks take a few KB and long test tables some hundred; a larger file is most
 * likely a whole benchmark or something else altogether, and YAML takes many times its size in memory.
 */
export const TASK_FILE_LIMIT_BYTES = 1024 * 1024;

/** What such a file holds, and what to do about one that does not. */
const CONTENTS = {
  task: {
    tooLarge: 'a task file holds one task; split a benchmark into one file a task',
    empty: 'write at least language, description and signature',
  },
  language: {
    tooLarge: 'a language file describes one language',
    empty: '`codejury init` makes one to start from',
  },
} as const;

type Content = keyof typeof CONTENTS;

/**
 * The text of a small file, written by hand, with one task or the description of a language, without a byte order mark. Reads no more than the limit, so a pipe or a device is as safe as a
 * regular file.
 *
 * @throws {CodejuryError} `not-found` when nothing is there; `usage` when it is a folder, cannot be read, is too large,
 * empty, or not UTF-8 text.
 */
export async function readTaskText(path: string, content: Content = 'task'): Promise<string> {
  const bytes = await readUpTo(path, TASK_FILE_LIMIT_BYTES + 1);
  if (bytes.length > TASK_FILE_LIMIT_BYTES) {
    throw new CodejuryError(
      'usage',
      `${path}: expected at most ${TASK_FILE_LIMIT_BYTES} bytes, received more`,
      {
        hint: CONTENTS[content].tooLarge,
      },
    );
  }
  const text = decode(path, bytes);
  if (text.trim() === '') {
    throw new CodejuryError('usage', `${path}: expected one ${content}, received an empty file`, {
      hint: CONTENTS[content].empty,
    });
  }
  return text;
}

async function readUpTo(path: string, limitBytes: number): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 16 })) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= limitBytes) {
        break;
      }
    }
    return Buffer.concat(chunks, length).subarray(0, limitBytes);
  } catch (error) {
    throw readFault(path, error);
  }
}

function readFault(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new CodejuryError('not-found', `${path}: no such file`, {
        hint: 'is the path right?',
        cause: error,
      });
    case 'EISDIR':
      return new CodejuryError('usage', `${path}: expected a file, received a folder`, {
        hint: 'name one file inside it',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
      return new CodejuryError('usage', `${path}: cannot be read, permission denied`, {
        hint: 'check the permissions of the file and of the folders above it',
        cause: error,
      });
    default:
      return code === null
        ? error
        : new CodejuryError('usage', `${path}: cannot be read (${String(code)})`, { cause: error });
  }
}

function decode(path: string, bytes: Buffer): string {
  const notText = (cause?: unknown) =>
    new CodejuryError('usage', `${path}: expected UTF-8 text, received a binary file or another encoding`, {
      hint: 'it must be YAML or JSON, saved as UTF-8',
      cause,
    });
  if (bytes.includes(0)) {
    throw notText();
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw notText(error);
  }
}
