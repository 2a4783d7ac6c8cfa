/** How pages are packed: the number of the codec in the format, and what does it. */
export interface ParquetPacking {
  readonly codec: number;
  readonly pack: (page: Buffer) => Buffer;
}

const UNPACKED: ParquetPacking = { codec: 0, pack: (page) => page };

/** A Parquet file of columns of texts or doubles: one row group, one plain page a column. */
export function tinyParquet(
  rows: readonly Readonly<Record<string, string | number>>[],
  { codec, pack }: ParquetPacking = UNPACKED,
): Buffer {
  const names = Object.keys(rows[0] ?? {});
  const parts: Buffer[] = [Buffer.from('PAR1')];
  let offset = 4;
  const columns = names.map((name) => {
    const values = Buffer.concat(rows.map((row) => plain(row[name] ?? '')));
    const packed = pack(values);
    const page = Buffer.concat([pageHeader(values.length, packed.length, rows.length), packed]);
    const type = typeof rows[0]?.[name] === 'number' ? DOUBLE : BYTE_ARRAY;
    const column = { name, type, codec, offset, bytes: page.length };
    parts.push(page);
    offset += page.length;
    return column;
  });
  const metadata = struct([
    [1, I32, zigzag(1)],
    [2, LIST, list(STRUCT, [schemaRoot(names.length), ...columns.map(schemaColumn)])],
    [3, I64, zigzag(rows.length)],
    [4, LIST, list(STRUCT, [rowGroup(columns, rows.length)])],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  return Buffer.concat([...parts, metadata, length, Buffer.from('PAR1')]);
}

/** Types of Thrift's compact protocol. */
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

const DOUBLE = 5;
const BYTE_ARRAY = 6;
const UTF8 = 0;
const PLAIN = 0;
const RLE = 3;

type Field = readonly [id: number, type: number, value: Buffer];

function schemaRoot(children: number): Buffer {
  return struct([
    [4, BINARY, binary('schema')],
    [5, I32, zigzag(children)],
  ]);
}

interface Column {
  readonly name: string;
  readonly type: number;
  readonly codec: number;
  readonly offset: number;
  readonly bytes: number;
}

function schemaColumn({ name, type }: Column): Buffer {
  const text: Field[] = type === BYTE_ARRAY ? [[6, I32, zigzag(UTF8)]] : [];
  return struct([[1, I32, zigzag(type)], [3, I32, zigzag(0)], [4, BINARY, binary(name)], ...text]);
}

function rowGroup(columns: readonly Column[], rows: number): Buffer {
  const chunks = columns.map(({ name, type, codec, offset, bytes }) =>
    struct([
      [2, I64, zigzag(offset)],
      [
        3,
        STRUCT,
        struct([
          [1, I32, zigzag(type)],
          [2, LIST, list(I32, [zigzag(PLAIN)])],
          [3, LIST, list(BINARY, [binary(name)])],
          [4, I32, zigzag(codec)],
          [5, I64, zigzag(rows)],
          [6, I64, zigzag(bytes)],
          [7, I64, zigzag(bytes)],
          [9, I64, zigzag(offset)],
        ]),
      ],
    ]),
  );
  const bytes = columns.reduce((sum, column) => sum + column.bytes, 0);
  return struct([
    [1, LIST, list(STRUCT, chunks)],
    [2, I64, zigzag(bytes)],
    [3, I64, zigzag(rows)],
  ]);
}

function pageHeader(bytes: number, packedBytes: number, rows: number): Buffer {
  const data = struct([
    [1, I32, zigzag(rows)],
    [2, I32, zigzag(PLAIN)],
    [3, I32, zigzag(RLE)],
    [4, I32, zigzag(RLE)],
  ]);
  return struct([
    [1, I32, zigzag(0)],
    [2, I32, zigzag(bytes)],
    [3, I32, zigzag(packedBytes)],
    [5, STRUCT, data],
  ]);
}

function plain(value: string | number): Buffer {
  if (typeof value === 'number') return Buffer.from(Float64Array.of(value).buffer);
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function struct(fields: readonly Field[]): Buffer {
  let last = 0;
  const parts = fields.flatMap(([id, type, value]) => {
    const head = Buffer.from([((id - last) << 4) | type]);
    last = id;
    return [head, value];
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}

function list(type: number, items: readonly Buffer[]): Buffer {
  const head =
    items.length < 15
      ? Buffer.from([(items.length << 4) | type])
      : Buffer.concat([Buffer.from([0xf0 | type]), varint(items.length)]);
  return Buffer.concat([head, ...items]);
}

function binary(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([varint(bytes.length), bytes]);
}

function zigzag(value: number): Buffer {
  return varint(value * 2);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | 128);
  }
  return Buffer.from([...bytes, rest]);
}
