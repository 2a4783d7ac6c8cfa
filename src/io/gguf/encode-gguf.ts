import { F16, F32 } from './tensor-types.ts';

/** Metadata of the kinds that are written here. */
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
  readonly values: Float32Array | Float16Array;
}

/** What the header says of a tensor; its data follow those of the tensor before. */
export interface GgufTensorPlan {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** The number GGUF gives the type. */
  readonly type: number;
  readonly byteLength: number;
}

/** Tensor data start at multiples of this many bytes where the metadata do not say otherwise. */
export const DEFAULT_ALIGNMENT = 32;

const TYPE_NUMBER = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8 } as const;
const ARRAY_TYPE_NUMBER = 9;
const VERSION = 3;

/** The bytes of a small GGUF file: metadata and tensors of F32 or F16. */
export function encodeGguf(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Buffer {
  const entries = Object.entries(metadata).map(([key, value]) => encodeEntry(key, value));
  const plans = tensors.map(({ name, dimensions, values }) => ({
    name,
    dimensions,
    type: values instanceof Float16Array ? F16 : F32,
    byteLength: values.byteLength,
  }));
  const parts = [encodeGgufHeader(entries, plans)];
  for (const { values } of tensors) {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    parts.push(bytes, padding(bytes.length));
  }
  return Buffer.concat(parts);
}

/**
 * Everything before the data of the first tensor. The data follow in the order of the tensors, each padded to `alignment`
 * (which has to be what the metadata say).
 */
export function encodeGgufHeader(
  entries: readonly Uint8Array[],
  tensors: readonly GgufTensorPlan[],
  alignment: number = DEFAULT_ALIGNMENT,
): Buffer {
  const parts: Uint8Array[] = [
    Buffer.from('GGUF'),
    uint32(VERSION),
    uint64(tensors.length),
    uint64(entries.length),
    ...entries,
  ];
  let offset = 0;
  for (const { name, dimensions, type, byteLength } of tensors) {
    parts.push(
      text(name),
      uint32(dimensions.length),
      ...dimensions.map(uint64),
      uint32(type),
      uint64(offset),
    );
    offset += byteLength + padding(byteLength, alignment).length;
  }
  const header = Buffer.concat(parts);
  return Buffer.concat([header, padding(header.length, alignment)]);
}

/** The zeros between data of this length and the next place where data may start. */
export function padding(length: number, alignment: number = DEFAULT_ALIGNMENT): Buffer {
  return Buffer.alloc((alignment - (length % alignment)) % alignment);
}

/** One metadata entry, key and value. */
export function encodeEntry(key: string, value: GgufValue): Buffer {
  return Buffer.concat([text(key), ...encodeValue(value)]);
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
