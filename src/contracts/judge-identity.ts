import { z } from 'zod';

/**
 * What a judge is, whatever it is called: the first sixteen digits of the hashes of what decides its answers. Two judges that
 * differ in one of them are two judges; null = unknown, or there is none.
 */
export const judgeIdentitySchema = z.strictObject({
  /** Of model and adapter (`base+adapter`, `*0.5` for one that counts half); null for a server's, which nobody knows. */
  weights: z.string().nullable(),
  /** Of method, prompts, labels and the way answers are read. */
  template: z.string().nullable(),
  /** Of the examples it shows, or of its probe. */
  data: z.string().nullable(),
});
export type JudgeIdentity = Readonly<z.infer<typeof judgeIdentitySchema>>;
