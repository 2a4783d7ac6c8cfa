import { z } from 'zod';
import type { Limits } from './limits.ts';
import { sizeSchema, timeSchema } from './quantity.ts';

/** What each limit with a unit in its value sets. */
export const WRITTEN_AS = {
  wallTime: 'wallTimeMs',
  cpuTime: 'cpuTimeMs',
  memory: 'memoryBytes',
  output: 'outputBytes',
  scratch: 'scratchBytes',
  file: 'fileBytes',
} as const satisfies Readonly<Record<string, keyof Limits>>;

const count = z.int({ error: 'expected a whole number from 1 on' }).positive().exactOptional();
const time = timeSchema.exactOptional();
const size = sizeSchema.exactOptional();

/**
 * Limits as people write them: `{ wallTime: "15s", memory: "1GiB", processes: 64 }`, or with the unit in the name
 * (`wallTimeMs: 15000`). Gives those that were set, in the units of {@link Limits}; what it gives it also takes.
 */
export const writtenLimitsSchema = z
  .strictObject({
    wallTime: time,
    cpuTime: time,
    memory: size,
    processes: count,
    output: size,
    scratch: size,
    file: size,
    wallTimeMs: count,
    cpuTimeMs: count,
    memoryBytes: count,
    outputBytes: count,
    scratchBytes: count,
    fileBytes: count,
  })
  .transform((written, context): Partial<Limits> => {
    const { wallTime, cpuTime, memory, output, scratch, file, ...named } = written;
    const quantities = { wallTime, cpuTime, memory, output, scratch, file };
    const given = Object.entries(WRITTEN_AS).flatMap(([name, field]) => {
      const value = quantities[name as keyof typeof WRITTEN_AS];
      if (value === undefined) return [];
      if (named[field] !== undefined) {
        context.addIssue({ code: 'custom', path: [name], message: `expected it or ${field}, not both` });
      }
      return [[field, value]];
    });
    return { ...named, ...Object.fromEntries(given) };
  });
