import { CodejuryError } from '../../errors.ts';
import { openBinaryFile } from '../open-binary-file.ts';
import { DEFAULT_ALIGNMENT } from './encode-gguf.ts';
import { tensorBytes } from './tensor-types.ts';

/** A metadata entry as it lies in the file. */
export interface GgufEntry {
  readonly key: string;
  /** Key, type and value, ready to be written again. */
  readonly bytes: Uint8Array;
  /** Numbers, booleans and texts; null for lists. 64-bit numbers lose what a double cannot hold. */
  readonly value: string | number | boolean | null;
}

export interface GgufTensorEntry {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** The number GGUF gives the type. */
  readonly type: number;
  /** Where its data start in the file, and how many bytes they are; null for a type that is not known here. */
  readonly fileOffset: number;
  readonly byteLength: number | null;
}

export interface GgufHeader {
  readonly entries: readonly GgufEntry[];
  /** In the order of the file. */
  readonly tensors: readonly GgufTensorEntry[];
  readonly alignment: number;
}

/** A header is read in a piece of this size, in bytes, then in ones twice as large. */
const FIRST_PIECE_BYTES = 1 << 20;
/** Vocabularies of a quarter of a million tokens take some 15 MB; more than this is no header. */
const LARGEST_HEADER_BYTES = 1 << 28;
const LARGEST_ALIGNMENT = 1 << 16;
const MOST_DIMENSIONS = 4;

/** Bytes of the plain types by their numbers: 0 to 7 and 10 to 12. */
const PLAIN_BYTES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const STRING_TYPE = 8;
const ARRAY_TYPE = 9;

/**
 * Metadata and tensor list of a GGUF file (version 2 or 3, little-endian). Every length in it is checked against the file, so
 * that a damaged or hostile one costs no more than reading it.
 *
 * @throws {CodejuryError} `not-found` or `model`, saying what is wrong with the file.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await openBinaryFile(path);
  try {
    const { size } = file;
    for (let length = FIRST_PIECE_BYTES; ; length *= 2) {
      const piece = await file.read(0, Math.min(length, size));
      const header = parseHeader(piece, size, path);
      if (header !== 'longer') return header;
      if (length >= size || length >= LARGEST_HEADER_BYTES) throw damaged(path, 'its header ends too early');
    }
  } finally {
    await file.close();
  }
}

function damaged(path: string, what: string): CodejuryError {
  return new CodejuryError('model', `${path} is no GGUF file that can be read: ${what}`, {
    hint: 'get the file again; `codejury models list` shows the models known by name',
  });
}

/** Signals that the piece ends before the header does. */
const PIECE_ENDS = Symbol('the piece ends');

function parseHeader(piece: Buffer, fileSize: number, path: string): GgufHeader | 'longer' {
  try {
    return parse(piece, fileSize, (what) => damaged(path, what));
  } catch (signal) {
    if (signal === PIECE_ENDS) return 'longer';
    throw signal;
  }
}

function parse(piece: Buffer, fileSize: number, fault: (what: string) => CodejuryError): GgufHeader {
  let at = 0;
  const take = (length: number): number => {
    const start = at;
    // A length that the file cannot have needs no larger piece.
    if (length > fileSize) throw fault('a length in its header is larger than the file');
    if (start + length > piece.length) throw PIECE_ENDS;
    at += length;
    return start;
  };
  const uint32 = () => piece.readUInt32LE(take(4));
  const uint64 = () => Number(piece.readBigUInt64LE(take(8)));
  const text = () => {
    const length = uint64();
    const start = take(length);
    return piece.toString('utf8', start, start + length);
  };
  const skipValue = (type: number): void => {
    const plain = PLAIN_BYTES[type];
    if (plain !== undefined) {
      take(plain);
    } else if (type === STRING_TYPE) {
      take(uint64());
    } else if (type === ARRAY_TYPE) {
      const inner = uint32();
      const count = uint64();
      if (count > fileSize || inner === ARRAY_TYPE) throw fault('a list in its header is not readable');
      const innerPlain = PLAIN_BYTES[inner];
      if (innerPlain !== undefined) take(innerPlain * count);
      else for (let index = 0; index < count; index++) skipValue(inner);
    } else {
      throw fault(`its header holds a value of the unknown type ${type}`);
    }
  };

  if (piece.toString('latin1', 0, 4) !== 'GGUF') throw fault('its first bytes are not those of GGUF');
  take(4);
  const version = uint32();
  if (version !== 2 && version !== 3) throw fault(`expected version 2 or 3, found ${version}`);
  const tensorCount = uint64();
  const entryCount = uint64();
  if (tensorCount > fileSize || entryCount > fileSize) throw fault('its counts are larger than the file');

  const entries: GgufEntry[] = [];
  for (let index = 0; index < entryCount; index++) {
    const start = at;
    const key = text();
    const type = uint32();
    const valueStart = at;
    skipValue(type);
    entries.push({
      key,
      bytes: piece.subarray(start, at),
      value: plainValue(piece.subarray(valueStart, at), type),
    });
  }
  const alignment = Number(
    entries.find(({ key }) => key === 'general.alignment')?.value ?? DEFAULT_ALIGNMENT,
  );
  if (!Number.isInteger(alignment) || alignment < 1 || alignment > LARGEST_ALIGNMENT) {
    throw fault(`its alignment is ${alignment}`);
  }

  const listed = [];
  for (let index = 0; index < tensorCount; index++) {
    const name = text();
    const count = uint32();
    if (count > MOST_DIMENSIONS) throw fault(`the tensor ${name} has ${count} dimensions`);
    const dimensions = Array.from({ length: count }, uint64);
    listed.push({ name, dimensions, type: uint32(), offset: uint64() });
  }
  const dataStart = Math.ceil(at / alignment) * alignment;
  const tensors = listed.map(({ name, dimensions, type, offset }): GgufTensorEntry => {
    const byteLength = tensorBytes(type, dimensions);
    const fileOffset = dataStart + offset;
    if (!(fileOffset + (byteLength ?? 0) <= fileSize))
      throw fault(`the tensor ${name} reaches beyond its end`);
    return { name, dimensions, type, fileOffset, byteLength };
  });
  return { entries, tensors, alignment };
}

function plainValue(bytes: Buffer, type: number): GgufEntry['value'] {
  switch (type) {
    case 0:
      return bytes.readUInt8();
    case 1:
      return bytes.readInt8();
    case 2:
      return bytes.readUInt16LE();
    case 3:
      return bytes.readInt16LE();
    case 4:
      return bytes.readUInt32LE();
    case 5:
      return bytes.readInt32LE();
    case 6:
      return bytes.readFloatLE();
    case 7:
      return bytes.readUInt8() !== 0;
    case STRING_TYPE:
      return bytes.toString('utf8', 8);
    case 10:
      return Number(bytes.readBigUInt64LE());
    case 11:
      return Number(bytes.readBigInt64LE());
    case 12:
      return bytes.readDoubleLE();
    default:
      return null;
  }
}
