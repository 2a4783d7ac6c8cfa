import { z } from 'zod';
import { patternFault } from './pattern-fault.ts';

/** A regular expression that a user writes: valid with the flag `u`, and none that can take exponential time. */
export const guardedPattern = z.string().superRefine((source, context) => {
  const fault = patternFault(source);
  if (fault !== null) {
    context.addIssue({ code: 'custom', message: fault });
  }
});
