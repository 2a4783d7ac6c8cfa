import { CodejuryError } from '../../errors.ts';
import { type BinaryFile, openBinaryFile } from '../../io/open-binary-file.ts';

/** Types of values that are read here, and the bytes of one. */
const VALUE_BYTES = { F32: 4, F16: 2, BF16: 2 } as const;
type ValueType = keyof typeof VALUE_BYTES;

export interface SafeTensor {
  readonly name: string;
  /** Slowest-varying first: a matrix from n inputs to m outputs is [m, n]. */
  readonly shape: readonly number[];
}

/** The tensors of a safetensors file. */
export interface Safetensors {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  /**
   * The values from `start` on, `count` of them, in the order of the file.
   *
   * @throws {CodejuryError} `model` when the file is cut off.
   */
  readonly read: (name: string, start: number, count: number) => Promise<Float32Array>;
  readonly close: () => Promise<void>;
}

interface PlacedTensor extends SafeTensor {
  readonly valueType: ValueType;
  readonly fileOffset: number;
  readonly count: number;
}

/** The format's own limit for its header, in bytes. */
const LARGEST_HEADER_BYTES = 100_000_000;

/**
 * Opens a safetensors file; whoever opens it closes it. All of its header is checked before anything is read: types, shapes, and
 * that every tensor lies in the file and on no other.
 *
 * @throws {CodejuryError} `not-found` or `model`, saying what is wrong.
 */
export async function openSafetensors(path: string): Promise<Safetensors> {
  const file = await openBinaryFile(path);
  try {
    const tensors = await readHeader(file);
    return {
      path,
      tensors,
      read: async (name, start, count) => {
        const tensor = tensors.get(name);
        if (tensor === undefined || start < 0 || count < 0 || start + count > tensor.count) {
          throw new Error(`${path}: no values ${start} to ${start + count} of ${name}`);
        }
        const width = VALUE_BYTES[tensor.valueType];
        return toFloats(await file.read(tensor.fileOffset + start * width, count * width), tensor.valueType);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readHeader(file: BinaryFile): Promise<ReadonlyMap<string, PlacedTensor>> {
  const fault = (what: string, cause?: unknown) =>
    new CodejuryError('model', `${file.path} is no safetensors file that can be read: ${what}`, {
      hint: 'was it written to the end? the trainer writes it again when it runs again',
      cause,
    });
  if (file.size < 8) throw fault(`it has ${file.size} bytes`);
  const length = Number((await file.read(0, 8)).readBigUInt64LE());
  if (length > LARGEST_HEADER_BYTES || 8 + length > file.size) {
    throw fault(`its header is said to have ${length} bytes, the file has ${file.size}`);
  }
  const dataStart = 8 + length;
  const header = parseObject((await file.read(8, length)).toString('utf8'));
  if (header === null) throw fault('its header is not a JSON object');
  const tensors: PlacedTensor[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets } = asObject(entry) ?? {};
    if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
      throw fault(`the tensor ${name} has no shape or no offsets`);
    }
    if (!isValueType(dtype)) {
      throw fault(`the tensor ${name} is of type ${JSON.stringify(dtype)}, expected F32, F16 or BF16`);
    }
    const [begin = 0, end = 0] = offsets;
    const count = shape.reduce((product, size) => product * size, 1);
    if (end - begin !== count * VALUE_BYTES[dtype] || dataStart + end > file.size) {
      throw fault(`the tensor ${name} does not fit in ${file.size} bytes at ${begin} to ${end}`);
    }
    tensors.push({ name, shape, valueType: dtype, fileOffset: dataStart + begin, count });
  }
  requireApart(tensors, fault);
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

function requireApart(tensors: readonly PlacedTensor[], fault: (what: string) => CodejuryError): void {
  let end = 0;
  for (const { name, fileOffset, count, valueType } of tensors.toSorted(
    (a, b) => a.fileOffset - b.fileOffset,
  )) {
    if (fileOffset < end) throw fault(`the tensor ${name} lies on another`);
    end = fileOffset + count * VALUE_BYTES[valueType];
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isValueType(value: unknown): value is ValueType {
  return typeof value === 'string' && Object.hasOwn(VALUE_BYTES, value);
}

function toFloats(bytes: Buffer, type: ValueType): Float32Array {
  // Typed arrays start at multiples of their width; a buffer from the pool may not.
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  switch (type) {
    case 'F32':
      return new Float32Array(own);
    case 'F16':
      return Float32Array.from(new Float16Array(own));
    case 'BF16': {
      // A bfloat16 is the upper half of a float32.
      const halves = new Uint16Array(own);
      const words = Uint32Array.from(halves, (half) => half * 0x10000);
      return new Float32Array(words.buffer);
    }
  }
}
