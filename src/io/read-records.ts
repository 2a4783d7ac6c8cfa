import { readChunks } from './read-chunks.ts';
import { type JsonRecord, readJsonRecords } from './read-json-records.ts';
import { readParquetRecords } from './read-parquet-records.ts';
import { refusePipe } from './refuse-pipe.ts';

const PARQUET_MAGIC = 'PAR1';

/**
 * The records of a file of any kind that benchmarks and samples come in: JSON in all layouts of `readJsonRecords`, gzip or
 * not, or Parquet, told by its first bytes.
 *
 * @param keepInfinity see `readJsonRecords`
 * @throws {CodejuryError} as `readJsonRecords` and `readParquetRecords` do; `usage` for a pipe.
 */
export async function* readRecords(path: string, keepInfinity = false): AsyncGenerator<JsonRecord> {
  await refusePipe(path);
  yield* (await isParquet(path))
    ? readParquetRecords(path, keepInfinity)
    : readJsonRecords(path, keepInfinity);
}

async function isParquet(path: string): Promise<boolean> {
  for await (const chunk of readChunks(path)) {
    return chunk.toString('latin1', 0, PARQUET_MAGIC.length) === PARQUET_MAGIC;
  }
  return false;
}
