import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { GgufFileInfo, GgufTensorInfo } from 'node-llama-cpp';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { TENSOR_BLOCKS } from '../../io/gguf/tensor-types.ts';
import type { NodeLlamaLibrary } from './node-llama.ts';

/** What to do about a file that is none, and one that is damaged. */
const ADVICE = {
  model: {
    other: 'give the path of a .gguf file; `codejury models list` shows the models known by name',
    damaged:
      'get the file again and verify its digest: `codejury models pull NAME`, `codejury models verify NAME`',
  },
  adapter: {
    other: "an adapter is a .gguf file, as `codejury train` or llama.cpp's convert_lora_to_gguf.py makes it",
    damaged: 'copy the adapter again from where it was made, or train the judge anew: `codejury train`',
  },
} as const;

/**
 * Reads the header of a model file and makes sure that the native code can load it: it is a GGUF file, a model, whole.
 *
 * @throws {CodejuryError} `not-found` or `model`, with what the file seems to be instead.
 */
export async function checkModelFile(library: NodeLlamaLibrary, path: string): Promise<GgufFileInfo> {
  const info = await readHeader(library, path, ADVICE.model);
  if (fileTypeOf(info) === 'adapter') {
    throw new CodejuryError('model', `${path} is a LoRA adapter, expected a model`, {
      hint: 'give the base model here and this file as its adapter',
    });
  }
  return info;
}

/**
 * Reads the header of an adapter file and makes sure that it fits the model.
 *
 * @throws {CodejuryError} `not-found` or `model`, naming the first tensor that does not fit.
 */
export async function checkAdapterFile(
  library: NodeLlamaLibrary,
  path: string,
  model: GgufFileInfo,
): Promise<void> {
  const info = await readHeader(library, path, ADVICE.adapter);
  if (fileTypeOf(info) !== 'adapter') {
    throw new CodejuryError('model', `${path} is not a LoRA adapter (its type is ${fileTypeOf(info)})`, {
      hint: "give a file made by llama.cpp's convert_lora_to_gguf.py, or no adapter",
    });
  }
  const hint = 'use the base model the adapter was trained on';
  const expected = model.metadata.general.architecture;
  const received = info.metadata.general.architecture;
  if (expected !== received) {
    throw new CodejuryError(
      'model',
      `the adapter ${path} is for architecture ${received}, the model is ${expected}`,
      { hint },
    );
  }
  const base = new Map(
    (model.fullTensorInfo ?? []).map((tensor) => [tensor.name, tensor.dimensions.map(Number)]),
  );
  for (const { name, dimensions } of info.tensorInfo ?? []) {
    const target = base.get(name.replace(/\.lora_[ab]$/, ''));
    // lora_a maps the input to the rank, lora_b the rank to the output.
    const fits =
      target !== undefined &&
      (name.endsWith('.lora_a') ? Number(dimensions[0]) === target[0] : Number(dimensions[1]) === target[1]);
    if (!fits) {
      throw new CodejuryError(
        'model',
        `the adapter ${path} does not fit the model: tensor ${name} is ${dimensions.join(' x ')}, ` +
          `the model's is ${target === undefined ? 'missing' : target.join(' x ')}`,
        { hint },
      );
    }
  }
}

async function readHeader(
  library: NodeLlamaLibrary,
  path: string,
  advice: (typeof ADVICE)[keyof typeof ADVICE],
): Promise<GgufFileInfo> {
  const { start, size } = await readStart(path);
  if (start.toString('latin1', 0, 4) !== 'GGUF') {
    throw new CodejuryError('model', `${path} is not a GGUF file: ${describeStart(start)}`, {
      hint: advice.other,
    });
  }
  let info: GgufFileInfo;
  try {
    info = await library.readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false });
  } catch (cause) {
    throw new CodejuryError(
      'model',
      `${path} is damaged or cut off: its header cannot be read (${size} bytes)`,
      {
        hint: advice.damaged,
        cause,
      },
    );
  }
  // A file split in parts is checked by the native loader alone.
  const needed = info.splicedParts > 1 ? 0 : Math.max(0, ...(info.tensorInfo ?? []).map(endOfTensor));
  if (needed > size) {
    throw new CodejuryError('model', `${path} is cut off: expected at least ${needed} bytes, found ${size}`, {
      hint: advice.damaged,
    });
  }
  return info;
}

function endOfTensor({ ggmlType, dimensions, fileOffset }: GgufTensorInfo): number {
  const values = dimensions.map(Number).reduce((product, size) => product * size, 1);
  const [perBlock, bytes] = TENSOR_BLOCKS[ggmlType] ?? [1, 0];
  return Number(fileOffset) + (values / perBlock) * bytes;
}

async function readStart(path: string): Promise<{ start: Buffer; size: number }> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      return { start: buffer.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') {
      throw new CodejuryError('not-found', `there is no model file ${path}`, {
        hint: 'check the path, or use a name of `codejury models list`',
        cause,
      });
    }
    throw new CodejuryError(
      'model',
      `the model file ${path} cannot be read (${errorCode(cause) ?? 'unknown error'})`,
      {
        hint: `expected a readable file, for example model.gguf; got ${basename(path)}`,
        cause,
      },
    );
  }
}

function describeStart(start: Buffer): string {
  const text = start.toString('latin1').toLowerCase();
  if (start.length === 0) {
    return 'it is empty';
  }
  if (text.startsWith('version https://git-lfs')) {
    return 'it is a Git LFS pointer, not the file it points to';
  }
  if (text.startsWith('pk')) {
    return 'it is a zip archive, perhaps a Python wheel';
  }
  if (text.trimStart().startsWith('<')) {
    return 'it is a web page, perhaps an error page of a download';
  }
  return text.includes('__metadata__') || text.startsWith('{"', 8)
    ? 'it is a safetensors file'
    : 'its first bytes are not those of GGUF';
}

/** `model` or `adapter`; files of before that key existed are models. */
function fileTypeOf({ metadata }: GgufFileInfo): string {
  const type: unknown = Reflect.get(metadata.general, 'type');
  return typeof type === 'string' ? type : 'model';
}
