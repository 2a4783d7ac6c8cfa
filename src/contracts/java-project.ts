import { z } from 'zod';

/**
 * What a runner needs to know of the project that a candidate belongs to: in a task's `metadata.javaProject`. All paths but
 * `folder` begin there, `/` between folders.
 */
export const javaProjectSchema = z.strictObject({
  /** Absolute. */
  folder: z.string().min(1),
  /** The source file that the candidate is put into. */
  file: z.string().min(1),
  /** The class of that file, with its package. */
  className: z.string().min(1),
  /** The source file of the tests. */
  mainFile: z.string().min(1),
  /** The class whose main decides, with its package. */
  mainClass: z.string().min(1),
  /** Of the text of `mainFile`: other tests, other verdicts. */
  mainDigest: z.string(),
  /** Where sources of other classes are looked for. */
  sourcePath: z.array(z.string()),
  /** Jars, and folders with classes and resources. */
  classPath: z.array(z.string()),
});
export type JavaProject = Readonly<z.infer<typeof javaProjectSchema>>;
