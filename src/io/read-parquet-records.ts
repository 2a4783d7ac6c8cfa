import { CodejuryError } from '../errors.ts';
import type { JsonRecord } from './read-json-records.ts';

/**
 * The rows of a Parquet file, one row group in memory at a time, as records of JSON values: 64-bit integers become numbers. The
 * line of a record is its row, from 1.
 *
 * @throws {CodejuryError} `usage` when it is no Parquet file, damaged, or packed in a way that is not known.
 */
export async function* readParquetRecords(path: string): AsyncGenerator<JsonRecord> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet');
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd });
      for (const [index, row] of rows.entries()) {
        const text = JSON.stringify(row, (_key, value: unknown) =>
          typeof value === 'bigint' ? Number(value) : value,
        );
        yield { value: JSON.parse(text) as JsonRecord['value'], text, line: rowStart + index + 1 };
      }
      rowStart = rowEnd;
    }
  } catch (error) {
    if (error instanceof CodejuryError) {
      throw error;
    }
    throw new CodejuryError('usage', `${path}: cannot be read as Parquet: ${(error as Error).message}`, {
      hint: 'the download or copy was not complete; fetch the file again',
      cause: error,
    });
  }
}
