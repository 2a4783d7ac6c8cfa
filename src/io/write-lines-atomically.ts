import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { cannotWrite } from './cannot-write.ts';
import { temporaryBeside } from './temporary-beside.ts';

/** Characters that are collected before they are handed on. */
const CHUNK_LENGTH = 1 << 16;

/**
 * Writes lines (each without its line break) as they come, so that any number of them takes little memory, and so that a
 * reader sees the old file or all of the new one: a temporary file in the same folder, flushed, then renamed.
 *
 * @throws {CodejuryError} `disk-full`, or `usage` for a place that cannot be written; nothing of the new file is left then. What
 *   the lines throw, as it is.
 */
export async function writeLinesAtomically(
  file: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const temporary = await temporaryBeside(file);
  try {
    await pipeline(inChunks(lines), createWriteStream(temporary, { flags: 'wx', flush: true }));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw cannotWrite(file, error);
  }
}

async function* inChunks(lines: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length >= CHUNK_LENGTH) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
