import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { CodejuryError } from '../errors.ts';
import type { JsonRecord } from './read-json-records.ts';

/** Besides Snappy, which the package knows; pandas and Polars write these too. */
const COMPRESSORS = {
  GZIP: (page: Uint8Array) => gunzipSync(page),
  ZSTD: (page: Uint8Array) => zstdDecompressSync(page),
  BROTLI: (page: Uint8Array) => brotliDecompressSync(page),
};

/**
 * The rows of a Parquet file, one row group in memory at a time, as records of JSON values: 64-bit integers become numbers. The
 * line of a record is its row, from 1.
 *
 * @param keepInfinity infinite numbers, which JSON has not, are read as the texts "Infinity" and "-Infinity"; else as null, as NaN
 * @throws {CodejuryError} `usage` when it is no Parquet file, damaged, or packed in a way that is not known.
 */
export async function* readParquetRecords(path: string, keepInfinity = false): AsyncGenerator<JsonRecord> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors: COMPRESSORS });
      for (const [index, row] of rows.entries()) {
        const text = JSON.stringify(row, (_key, value: unknown) => {
          if (typeof value === 'bigint') return Number(value);
          return keepInfinity && (value === Infinity || value === -Infinity) ? String(value) : value;
        });
        yield { value: JSON.parse(text) as JsonRecord['value'], text, line: rowStart + index + 1 };
      }
      rowStart = rowEnd;
    }
  } catch (error) {
    if (error instanceof CodejuryError) {
      throw error;
    }
    const { message } = error as Error;
    throw new CodejuryError('usage', `${path}: cannot be read as Parquet: ${message}`, {
      hint: message.includes('unsupported compression')
        ? 'write it unpacked, or packed by Snappy, gzip, Zstandard or Brotli'
        : 'the download or copy was not complete; fetch the file again',
      cause: error,
    });
  }
}
