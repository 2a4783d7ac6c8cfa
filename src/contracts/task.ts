import { z } from 'zod';

/**
 * A program that decides: `before + candidate + "\n" + after`. Passed means that it compiled, ran to the end of
 * its main and exited with 0. A harness that cannot be written as text around a candidate is not a TestProgram.
 */
export const testProgramSchema = z.strictObject({
  before: z.string(),
  after: z.string(),
});
export type TestProgram = z.infer<typeof testProgramSchema>;

/**
 * What makes a candidate of the text that a base model continues the task's prompt with: `head + completion + tail`. The
 * program is then, character for character, the one that the benchmark's own harness would run.
 */
export const completionFrameSchema = z.strictObject({
  head: z.string(),
  tail: z.string(),
  /**
   * True = the completion also closes the class around the function, and `tests.after` does too: its last closing brace
   * (outside comments and strings) is left out.
   */
  closesClass: z.boolean(),
});
export type CompletionFrame = z.infer<typeof completionFrameSchema>;

/** One programming problem: a function to write, and the tests that decide whether it is right. */
export const taskSchema = z.strictObject({
  id: z.string().min(1),
  /** The benchmark it comes from; `adhoc` for a task given on the command line. */
  benchmark: z.string().min(1),
  /** A language id of `lang` (`python`, `java`, …) or of the user's own configuration. */
  language: z.string().min(1),
  /** What the function must do, in words. */
  description: z.string().min(1),
  /** The function's header as the language writes it, e.g. `def f(x: int) -> int:`. */
  signature: z.string(),
  /** The text a base model's completion continues; null lets the generator derive it from the other fields. */
  prompt: z.string().nullable(),
  /** How a completion of `prompt` becomes a candidate; null = the prompt is put before it as it is. */
  completion: completionFrameSchema.nullable(),
  /** Name of the function under test; null when the signature does not tell. */
  entryPoint: z.string().nullable(),
  tests: testProgramSchema.nullable(),
  /**
   * What the task is about, the same in every benchmark and language that has it, e.g. `humaneval/23`: tasks of one problem
   * are never divided between training and test. Null = a problem of its own.
   */
  problem: z.string().min(1).nullable(),
  /** A solution known to pass, as a whole function. */
  canonical: z.string().nullable(),
  /** Files of a project checkout that the tests need: path to content. */
  resources: z.record(z.string(), z.string()).nullable(),
  metadata: z.record(z.string(), z.unknown()),
});
export type Task = Readonly<z.infer<typeof taskSchema>>;
