import { z } from 'zod';
import { rejectionSchema } from './candidate.ts';

/** A generated sample as a file of samples holds it, for a task that is known. */
export const givenSampleSchema = z.strictObject({
  /** Its number in the file (in a folder: in all its files), from 0: the input line where each line is one sample. */
  index: z.int().nonnegative(),
  /** File and line, for messages. */
  place: z.string(),
  taskId: z.string(),
  text: z.string(),
  /** `code`: a candidate as it stands; `completion`: it continues the task's prompt; `chat`: an answer with the function in it. */
  form: z.enum(['code', 'completion', 'chat']),
  /** Null = the file does not say. */
  generator: z.string().nullable(),
  /** What the file says of its tests; null = nothing. */
  passed: z.boolean().nullable(),
  /** Why whoever executed it found nothing to run; absent or null = there was, or nobody has. */
  rejected: rejectionSchema.nullable().optional(),
  /** What its generator said of it: see Sample; absent or null where the file does not say. */
  meanLogProbability: z.number().max(0).nullable().optional(),
});
export type GivenSample = Readonly<z.infer<typeof givenSampleSchema>>;
