import { z } from 'zod';

const positive = z.int().positive();

/** What one run may use. Every run has every limit; how well one is enforced is what a sandbox's protections say. */
export const limitsSchema = z.strictObject({
  /** Milliseconds from start to end; what is particular to a session (its own start) not counted. */
  wallTimeMs: positive,
  /** Milliseconds of CPU time of any single process, enforced in whole seconds rounded up. */
  cpuTimeMs: positive,
  /** Bytes of memory: of all processes together where a memory cgroup is available, of each process otherwise. */
  memoryBytes: positive,
  /** Processes and threads alive at once, the runner's own included. */
  processes: positive,
  /** Bytes kept of stdout, and of stderr; one byte more on either ends the run. */
  outputBytes: positive,
  /** Bytes of private scratch space. */
  scratchBytes: positive,
  /** Bytes of the largest single file that may be written. */
  fileBytes: positive,
});
export type Limits = Readonly<z.infer<typeof limitsSchema>>;
