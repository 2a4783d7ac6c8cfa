import { readChunks } from './read-chunks.ts';
import { type JsonRecord, readJsonRecords } from './read-json-records.ts';
import { readParquetRecords } from './read-parquet-records.ts';

const PARQUET_MAGIC = 'PAR1';

/**
 * The records of a file of any kind that benchmarks and samples come in: JSON in all layouts of `readJsonRecords`, gzip or
 * not, or Parquet, told by its first bytes.
 *
 * @throws {CodejuryError} as `readJsonRecords` and `readParquetRecords` do.
 */
export async function* readRecords(path: string): AsyncGenerator<JsonRecord> {
  yield* (await isParquet(path)) ? readParquetRecords(path) : readJsonRecords(path);
}

async function isParquet(path: string): Promise<boolean> {
  for await (const chunk of readChunks(path)) {
    return chunk.toString('latin1', 0, PARQUET_MAGIC.length) === PARQUET_MAGIC;
  }
  return false;
}
