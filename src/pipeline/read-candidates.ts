import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CodejuryError } from '../errors.ts';

/** Longest candidate that is read, in bytes: no function is longer, a wrong file is. */
const LARGEST_CANDIDATE_BYTES = 1 << 20;

/** A candidate that somebody hands in, and where it is from. */
export interface GivenCandidate {
  readonly source: string;
  readonly code: string;
}

/** Lenient about further fields: any record with code can be judged. */
const lineSchema = z.looseObject({ code: z.string() });

/**
 * The candidates in source files, one a file.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming the file: missing, a folder, empty, binary or too large.
 */
export async function readCandidateFiles(paths: readonly string[]): Promise<readonly GivenCandidate[]> {
  return Promise.all(
    paths.map(async (path) => {
      return { source: path, code: await readSourceFile(path, 'candidate') };
    }),
  );
}

/**
 * The text of one source file that the user named as `what`.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming the file.
 */
export async function readSourceFile(path: string, what: 'candidate' | 'tests'): Promise<string> {
  await checkFile(path, LARGEST_CANDIDATE_BYTES, what);
  return checkCode(decode(await readFile(path), path), path);
}

/**
 * The candidates of a JSON-lines file, each line an object with the field `code`. Blank lines are skipped.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line.
 */
export async function readCandidateLines(path: string): Promise<readonly GivenCandidate[]> {
  await checkFile(path, Number.POSITIVE_INFINITY, 'candidates');
  const candidates: GivenCandidate[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') {
      continue;
    }
    const source = `${path}:${number}`;
    candidates.push({ source, code: checkCode(parseLine(line, source), source) });
  }
  if (candidates.length === 0) {
    throw new CodejuryError('usage', `${path} holds no candidate`, {
      hint: 'expected one JSON object a line, with the field "code"',
    });
  }
  return candidates;
}

async function checkFile(path: string, largestBytes: number, what: string): Promise<void> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw new CodejuryError('not-found', `cannot read the ${what} ${path}`, {
      hint: 'is the path right?',
      cause,
    });
  });
  if (facts.isDirectory()) {
    throw new CodejuryError('usage', `${path} is a folder, expected a file (${what})`);
  }
  if (facts.size > largestBytes) {
    throw new CodejuryError('usage', `${path} is too large for source code: ${facts.size} bytes`, {
      hint: `expected a function of at most ${largestBytes} bytes`,
    });
  }
}

function decode(bytes: Buffer, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CodejuryError('usage', `${source} is not UTF-8 text`, { cause });
  }
}

function checkCode(code: string, source: string): string {
  if (code.includes('\0')) {
    throw new CodejuryError('usage', `${source} is a binary file, expected source code`);
  }
  if (code.trim() === '') {
    throw new CodejuryError('usage', `${source} is empty, expected source code`);
  }
  if (Buffer.byteLength(code) > LARGEST_CANDIDATE_BYTES) {
    throw new CodejuryError(
      'usage',
      `${source} is too large for source code: ${Buffer.byteLength(code)} bytes`,
      {
        hint: `expected a function of at most ${LARGEST_CANDIDATE_BYTES} bytes`,
      },
    );
  }
  return code;
}

function parseLine(line: string, source: string): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new CodejuryError('usage', `${source}: not JSON`, {
      hint: 'expected one JSON object a line, with the field "code"',
      cause,
    });
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) {
    throw new CodejuryError('usage', `${source}: expected an object with the text field "code"`);
  }
  return parsed.data.code;
}
