import { z } from 'zod';

/** What a catalogue says of one GPU. */
export const gpuFactsSchema = z.strictObject({
  /** Memory as the GPU is sold; a GB is 10⁹ bytes. */
  memoryGb: z.number().positive(),
  /** US dollars for one; 0 for one that is there already. */
  dollars: z.number().nonnegative(),
  /** null = unknown. */
  bandwidthGbPerSecond: z.number().positive().nullable().default(null),
  /** null = unknown. */
  powerWatts: z.number().positive().nullable().default(null),
  /** When the price was so: a month, or a day. */
  asOf: z
    .string({ error: 'expected a month or a day, for example 2025-07' })
    .regex(
      /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/,
      'expected a month or a day, for example 2025-07',
    ),
  /** Where the price comes from, in words. */
  source: z.string().min(1),
});

/** One GPU of a catalogue. */
export type Gpu = Readonly<z.infer<typeof gpuFactsSchema>> & { readonly name: string };

/** A catalogue file: facts by the name of the GPU, which are looked at one by one. */
export const gpuFileSchema = z.strictObject({
  /** Whether the file stands alone instead of adding to the GPUs that are known without it. */
  replace: z.boolean().default(false),
  gpus: z.record(z.string().min(1), z.unknown()),
});
