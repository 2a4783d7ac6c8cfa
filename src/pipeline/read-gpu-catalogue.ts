import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Gpu } from '../contracts/gpu.ts';
import { CodejuryError } from '../errors.ts';
import { gpuCatalogue } from '../evaluate/cost/gpu-catalogue.ts';
import { errorCode } from '../io/error-code.ts';
import { parseDocument } from '../tasks/parse-document.ts';

/** Beside `src/` and `dist/`; this module sits two folders below the package in either. */
const SHIPPED = fileURLToPath(new URL('../../data/gpus.yaml', import.meta.url));

/**
 * The GPUs that codejury knows, and those of files of the user's, a later file before an earlier one.
 *
 * @throws {CodejuryError} `not-found`; `usage` naming what is wrong in a file.
 */
export async function readGpuCatalogue(files: readonly string[]): Promise<readonly Gpu[]> {
  let known: readonly Gpu[] = [];
  for (const file of [SHIPPED, ...files]) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new CodejuryError('not-found', `cannot read the GPUs in ${file} (${errorCode(cause)})`, {
        hint: 'a catalogue is a YAML file of names with memoryGb, dollars, asOf and source; docs/studies.md shows one',
        cause,
      });
    });
    known = gpuCatalogue(await parseDocument(text, file), file, known);
  }
  return known;
}
