import { open, stat } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';
import { errorCode } from '../io/error-code.ts';
import { formatBytes } from '../io/format-bytes.ts';
import { hashFile } from '../io/hash-file.ts';
import type { OnProgress } from '../io/progress.ts';

/** Magic, version, and the counts of tensors and metadata. */
const GGUF_HEADER_BYTES = 24;

export interface ModelFileFacts {
  readonly path: string;
  readonly sizeBytes: number;
  /** Whole milliseconds; with the size it tells whether the file changed since its digest was computed. */
  readonly modifiedMs: number;
}

/**
 * Looks whether a GGUF model can be in the file, from its head alone.
 *
 * @throws {CodejuryError} `not-found` when there is no such file, `model` when it is something else than GGUF.
 */
export async function inspectModelFile(file: string): Promise<ModelFileFacts> {
  const facts = await statFile(file);
  const head = await readHead(file);
  if (head.length < GGUF_HEADER_BYTES) {
    throw new CodejuryError('model', `${file} is no model: it has only ${formatBytes(facts.sizeBytes)}`, {
      hint: 'the download or copy was cut off; fetch it again',
    });
  }
  const magic = head.toString('latin1', 0, 4);
  if (magic !== 'GGUF') {
    throw new CodejuryError('model', `${file} is no GGUF model: it begins with ${JSON.stringify(magic)}`, {
      hint: `${GUESSES.find(([pattern]) => pattern.test(head.toString('latin1')))?.[1] ?? 'it is of another kind'}; codejury needs a .gguf file`,
    });
  }
  const version = head.readUInt32LE(4);
  if (version < 2 || version > 3) {
    throw new CodejuryError('model', `${file} is GGUF of version ${version}, versions 2 and 3 are known`, {
      hint:
        version > 0xffff ? 'it is written for big-endian machines' : 'convert it with a current llama.cpp',
    });
  }
  return facts;
}

/** True when the file begins like a GGUF model; false for anything else, unreadable files included. */
export async function isGgufFile(file: string): Promise<boolean> {
  try {
    await inspectModelFile(file);
    return true;
  } catch (error) {
    if (error instanceof CodejuryError || errorCode(error) !== null) return false;
    throw error;
  }
}

/**
 * Checks kind and digest of a model file before it is trusted.
 *
 * @returns its sha256, lower-case hex.
 * @throws {CodejuryError} `not-found`, `model`, `digest-mismatch` (when `expectedSha256` is given), `aborted`.
 */
export async function checkModelFile(
  file: string,
  expectedSha256: string | null,
  options: { readonly signal?: AbortSignal | undefined; readonly onProgress?: OnProgress | undefined } = {},
): Promise<ModelFileFacts & { readonly sha256: string }> {
  const facts = await inspectModelFile(file);
  const sha256 = await hashFile(file, options);
  if (expectedSha256 !== null && sha256 !== expectedSha256) {
    throw new CodejuryError('digest-mismatch', `${file} has sha256 ${sha256}, expected ${expectedSha256}`, {
      hint: 'the file was damaged or replaced; fetch it again, and if that does not help do not use it',
    });
  }
  return { ...facts, sha256 };
}

/** Signs of what people take for a model by mistake. */
const GUESSES: readonly (readonly [RegExp, string])[] = [
  [/^version https:\/\/git-lfs/, 'it is a git-lfs pointer, not the file itself (run `git lfs pull`)'],
  [/^\s*<(!doctype|html)/i, 'it is a web page, saved instead of the file'],
  [/^PK/, 'it is a zip archive (a wheel or a PyTorch checkpoint)'],
  [/^.{8}\{"/s, 'it looks like safetensors; convert it with llama.cpp'],
  [/^(lmgg|tjgg|fmgg)/, 'it is a GGML file from before GGUF; convert it with llama.cpp'],
];

async function statFile(file: string): Promise<ModelFileFacts> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new CodejuryError('model', `${file} is a folder, expected a .gguf file`);
    return { path: file, sizeBytes: found.size, modifiedMs: Math.floor(found.mtimeMs) };
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw error;
    throw new CodejuryError('not-found', `there is no model file ${file}`, {
      hint: 'check the path; `codejury models list` shows the models that can be had by name',
      cause: error,
    });
  }
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(64);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
