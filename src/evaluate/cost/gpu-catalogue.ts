import { type Gpu, gpuFactsSchema, gpuFileSchema } from '../../contracts/gpu.ts';
import { parseStrict } from '../../util/parse-strict.ts';

/**
 * The GPUs that a catalogue file holds, in its order. One given after `known` replaces those of the same name where they stand and adds the
 * others at the end, or stands alone if it says `replace`.
 *
 * @param document the content of the file, parsed
 * @param file names it in messages
 * @throws {CodejuryError} `usage`, naming file, GPU, field, expected and received.
 */
export function gpuCatalogue(document: unknown, file: string, known: readonly Gpu[] = []): readonly Gpu[] {
  const { replace, gpus } = parseStrict(gpuFileSchema, document, file);
  const all = new Map(replace ? [] : known.map((gpu) => [gpu.name, gpu]));
  for (const [name, facts] of Object.entries(gpus)) {
    all.set(name, { name, ...parseStrict(gpuFactsSchema, facts, `${file}: GPU "${name}"`) });
  }
  return [...all.values()];
}
