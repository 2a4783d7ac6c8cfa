/**
 * The bytes of a GGUF (version 3) file, enough of the format for test models: F32 tensors, and metadata of the kinds
 * that llama.cpp reads for the architectures used in tests.
 */

export type GgufValue =
  | { readonly type: 'uint32' | 'int32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s'; readonly value: readonly number[] }
  | { readonly type: 'float32s'; readonly value: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** Fastest-varying first: a matrix from n inputs to m outputs is [n, m]. */
  readonly dimensions: readonly number[];
  /** As many values as the product of the dimensions. */
  readonly values: Float32Array;
}

/** Tensor data starts at multiples of this many bytes. */
const ALIGNMENT = 32;

const TYPE_NUMBER = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8 } as const;
const ARRAY_TYPE_NUMBER = 9;
const F32_TENSOR_TYPE = 0;

export function encodeGguf(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Buffer {
  const header: Buffer[] = [
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(Object.keys(metadata).length),
    ...Object.entries(metadata).flatMap(([key, value]) => [text(key), ...encodeValue(value)]),
  ];
  let offset = 0;
  for (const { name, dimensions, values } of tensors) {
    header.push(
      text(name),
      uint32(dimensions.length),
      ...dimensions.map(uint64),
      uint32(F32_TENSOR_TYPE),
      uint64(offset),
    );
    offset += aligned(values.byteLength);
  }
  const parts = [padded(Buffer.concat(header))];
  for (const { values } of tensors) {
    parts.push(padded(Buffer.from(values.buffer, values.byteOffset, values.byteLength)));
  }
  return Buffer.concat(parts);
}

function encodeValue(entry: GgufValue): Buffer[] {
  switch (entry.type) {
    case 'strings':
      return [...arrayHeader('string', entry.value.length), ...entry.value.map(text)];
    case 'int32s':
      return [...arrayHeader('int32', entry.value.length), Buffer.from(Int32Array.from(entry.value).buffer)];
    case 'float32s':
      return [
        ...arrayHeader('float32', entry.value.length),
        Buffer.from(Float32Array.from(entry.value).buffer),
      ];
    case 'string':
      return [uint32(TYPE_NUMBER.string), text(entry.value)];
    case 'bool':
      return [uint32(TYPE_NUMBER.bool), Buffer.of(entry.value ? 1 : 0)];
    case 'uint32':
      return [uint32(TYPE_NUMBER.uint32), uint32(entry.value)];
    case 'int32':
      return [uint32(TYPE_NUMBER.int32), Buffer.from(Int32Array.of(entry.value).buffer)];
    case 'float32':
      return [uint32(TYPE_NUMBER.float32), Buffer.from(Float32Array.of(entry.value).buffer)];
  }
}

function arrayHeader(type: keyof typeof TYPE_NUMBER, length: number): Buffer[] {
  return [uint32(ARRAY_TYPE_NUMBER), uint32(TYPE_NUMBER[type]), uint64(length)];
}

function text(value: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
}
