import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseStrict } from '../../util/parse-strict.ts';

const metrics = z.record(z.string(), z.number().nullable());

/** `result/result.json`: what the trainer says of the weights beside it. */
const trainedSchema = z.object({
  format: z.literal(1),
  epochs: z.number(),
  bestEpoch: z.number().nullable(),
  history: z.array(z.object({ epoch: z.number(), metrics })),
  rows: z.object({ train: z.number(), validation: z.number(), tooLong: z.number() }),
  versions: z.record(z.string(), z.string()),
  /** Name to sha256 (hex) of each file. */
  files: z.record(z.string(), z.string()),
});
export type Trained = Readonly<z.infer<typeof trainedSchema>>;

/** Reads it; null when the run has no result yet. */
export async function readTrained(runFolder: string): Promise<Trained | null> {
  const file = join(runFolder, 'result', 'result.json');
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : parseStrict(trainedSchema, JSON.parse(text), file);
}

/** The values of the kept epoch; empty before the first validation. */
export function bestMetrics({ history, bestEpoch }: Trained): Readonly<Record<string, number | null>> {
  return history.find(({ epoch }) => epoch === bestEpoch)?.metrics ?? {};
}
