import { z } from 'zod';

const metrics = z.record(z.string(), z.number().nullable());

/** One line of what the trainer tells; lines of other kinds are for its own log. */
export const trainerEventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('preparing'), what: z.string() }),
  z.object({
    event: z.literal('rows'),
    train: z.number(),
    validation: z.number(),
    tooLong: z.number(),
  }),
  z.object({ event: z.literal('resumed'), step: z.number(), steps: z.number() }),
  z.object({
    event: z.literal('step'),
    stage: z.enum(['first', 'main']),
    step: z.number(),
    steps: z.number(),
    epoch: z.number().nullable(),
    epochs: z.number(),
    loss: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  }),
  z.object({ event: z.literal('validating'), done: z.number(), total: z.number() }),
  z.object({ event: z.literal('evaluated'), epoch: z.number(), metrics }),
  z.object({ event: z.literal('notice'), text: z.string() }),
  z.object({
    event: z.literal('error'),
    code: z.string(),
    message: z.string(),
    hint: z.string().nullable(),
  }),
  z.object({ event: z.literal('stopped') }),
  z.object({ event: z.literal('done') }),
]);
export type TrainerEvent = z.infer<typeof trainerEventSchema>;

/** The event in a line; null for a line of another kind. */
export function parseTrainerEvent(line: string): TrainerEvent | null {
  if (!line.startsWith('{')) return null;
  try {
    return trainerEventSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    // A library that prints what begins like JSON.
    return null;
  }
}
