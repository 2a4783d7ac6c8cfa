import { CodejuryError } from '../../errors.ts';
import { encodeEntry } from '../../io/gguf/encode-gguf.ts';
import { type GgufHeader, type GgufTensorEntry, readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { tensorBytes } from '../../io/gguf/tensor-types.ts';
import { type StreamedTensor, writeGguf } from '../../io/gguf/write-gguf.ts';
import { type BinaryFile, openBinaryFile } from '../../io/open-binary-file.ts';
import { type BaseModel, describeBase } from './describe-base.ts';
import { openSafetensors, type SafeTensor, type Safetensors } from './open-safetensors.ts';
import { permuteRows } from './permute-rows.ts';
import { encodeValues, typeOfTensor, type WeightFormat } from './quantize.ts';
import { readFinite } from './read-finite.ts';
import { ggufNameOf, isPermuted } from './tensor-names.ts';

export interface ExportWeightsOptions {
  /** `model.safetensors`, as transformers writes it. */
  readonly weights: string;
  /** GGUF file of the model that was trained: its tokenizer and settings are taken over. */
  readonly base: string;
  /** The GGUF file to write. */
  readonly out: string;
  readonly format: WeightFormat;
  /** Name in the metadata of the new file. */
  readonly name: string;
  /** For a base that brings no chat template; null = none. */
  readonly chatTemplate: string | null;
  readonly signal: AbortSignal;
}

/** Values converted at a time: 16 MB of them. */
const PIECE_VALUES = 1 << 22;
const PIECE_BYTES = 1 << 24;
/** llama.cpp's numbers for what most tensors of a file are. */
const FILE_TYPE: Readonly<Record<WeightFormat, number>> = { F32: 0, F16: 1, Q8_0: 7 };
const QUANTIZATION_VERSION = 2;
const CHAT_TEMPLATE = 'tokenizer.chat_template';

/**
 * Writes trained weights as a GGUF file: metadata, names and order of the base, each tensor that was trained in its new values,
 * the others byte for byte. Vectors stay F32. Takes little memory whatever the size.
 *
 * @throws {CodejuryError} `not-found` or `model`: damaged files, an architecture that cannot be exported, tensors that the base does
 *   not have or has in another shape, weights that are not finite; `disk-full`; `aborted`.
 */
export async function exportWeights(options: ExportWeightsOptions): Promise<void> {
  const { base, out, signal } = options;
  const header = await readGgufHeader(base);
  const model = describeBase(header);
  const weights = await openSafetensors(options.weights);
  const baseFile = await openBinaryFile(base).catch(async (error: unknown) => {
    await weights.close();
    throw error;
  });
  try {
    const trained = trainedTensors(weights, model);
    const tensors = header.tensors.map((tensor): StreamedTensor => {
      const replacement = trained.get(tensor.name);
      return replacement === undefined
        ? keptTensor(tensor, baseFile)
        : replacedTensor(tensor, replacement, { weights, model, format: options.format });
    });
    await writeGguf(out, entriesOf(header, options), tensors, { alignment: header.alignment, signal });
  } finally {
    await weights.close();
    await baseFile.close();
  }
}

/** The trained tensors by llama.cpp's names. */
function trainedTensors({ path, tensors }: Safetensors, base: BaseModel): ReadonlyMap<string, SafeTensor> {
  const trained = new Map<string, SafeTensor>();
  for (const tensor of tensors.values()) {
    const suffix = /\.(?:weight|bias)$/.exec(tensor.name)?.[0] ?? '';
    const module = ggufNameOf(tensor.name.slice(0, tensor.name.length - suffix.length));
    const name = `${module}${suffix}`;
    const expected = module === null ? null : base.dimensionsOf(name);
    if (expected === null) {
      throw new CodejuryError('model', `${path}: the base model has no ${tensor.name}`, {
        hint:
          tensor.name === 'lm_head.weight'
            ? 'the base model reads its output layer from the embeddings: train with both tied'
            : 'export with the base model that was trained',
      });
    }
    const dimensions = tensor.shape.toReversed();
    if (dimensions.join() !== expected.join()) {
      throw new CodejuryError(
        'model',
        `${path}: ${tensor.name} is ${tensor.shape.join(' x ')}, the base model's is ${expected.toReversed().join(' x ')}`,
        { hint: 'export with the base model that was trained' },
      );
    }
    trained.set(name, tensor);
  }
  return trained;
}

function keptTensor(
  { name, dimensions, type, fileOffset, byteLength }: GgufTensorEntry,
  file: BinaryFile,
): StreamedTensor {
  if (byteLength === null) {
    throw new CodejuryError('model', `${file.path}: the tensor ${name} is of the unknown type ${type}`, {
      hint: 'use a base model in another quantisation',
    });
  }
  return {
    name,
    dimensions,
    type,
    byteLength,
    data: async function* () {
      for (let start = 0; start < byteLength; start += PIECE_BYTES) {
        yield await file.read(fileOffset + start, Math.min(PIECE_BYTES, byteLength - start));
      }
    },
  };
}

function replacedTensor(
  { name, dimensions }: GgufTensorEntry,
  trained: SafeTensor,
  context: { readonly weights: Safetensors; readonly model: BaseModel; readonly format: WeightFormat },
): StreamedTensor {
  const { weights, model, format } = context;
  const type = typeOfTensor(format, dimensions);
  const byteLength = tensorBytes(type, dimensions) ?? 0;
  const count = dimensions.reduce((product, size) => product * size, 1);
  const rowLength = dimensions.length < 2 ? 1 : (dimensions[0] ?? 1);
  const kind = model.permutes ? isPermuted(name) : null;
  return {
    name,
    dimensions,
    type,
    byteLength,
    data: async function* () {
      if (kind !== null) {
        const values = await readFinite(weights, trained.name, 0, count);
        yield encodeValues(permuteRows(values, rowLength, model.heads[kind]), type);
        return;
      }
      // Whole rows, and so whole blocks.
      const step = Math.max(1, Math.floor(PIECE_VALUES / rowLength)) * rowLength;
      for (let start = 0; start < count; start += step) {
        yield encodeValues(
          await readFinite(weights, trained.name, start, Math.min(step, count - start)),
          type,
        );
      }
    },
  };
}

function entriesOf(
  { entries }: GgufHeader,
  { format, name, chatTemplate }: ExportWeightsOptions,
): readonly Uint8Array[] {
  const replaced = {
    'general.name': encodeEntry('general.name', { type: 'string', value: name }),
    'general.file_type': encodeEntry('general.file_type', { type: 'uint32', value: FILE_TYPE[format] }),
    'general.quantization_version': encodeEntry('general.quantization_version', {
      type: 'uint32',
      value: QUANTIZATION_VERSION,
    }),
  };
  const hasTemplate = entries.some(({ key, value }) => key === CHAT_TEMPLATE && value !== '');
  return [
    ...entries.filter(({ key }) => !Object.hasOwn(replaced, key)).map(({ bytes }) => bytes),
    ...Object.values(replaced),
    ...(hasTemplate || chatTemplate === null
      ? []
      : [encodeEntry(CHAT_TEMPLATE, { type: 'string', value: chatTemplate })]),
  ];
}
