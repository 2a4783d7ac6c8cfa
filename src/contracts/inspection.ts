import { z } from 'zod';
import { feedbackSchema, outcomeSchema } from './execution.ts';
import { limitsSchema } from './limits.ts';

/** Why a task is dropped, in the order in which the checks are made: the first that fails names the reason. */
export const dropReasonSchema = z.enum([
  'reference-fails', // its own solution does not pass its tests
  'empty-passes', // a function without any effect passes
  'dummy-passes', // a constant of the return type passes
  'tests-do-not-compile', // not even a function that throws compiles with the tests
  'throwing-passes', // a function that throws at once passes: the tests check nothing
  'flaky', // the same program gave different outcomes
]);
export type DropReason = z.infer<typeof dropReasonSchema>;

/** Why nothing can be said of a task. */
export const notInspectedReasonSchema = z.enum([
  'no-tests',
  'nothing-to-run', // no solution, no probe, no candidate
  'cannot-run', // it needs what its language's runner does not have
  'sandbox-error', // the machinery failed, more than once
]);
export type NotInspectedReason = z.infer<typeof notInspectedReasonSchema>;

export const inspectionCheckSchema = z.strictObject({
  /** `given` is a candidate that somebody handed in; the others are made from the task. */
  check: z.enum(['reference', 'empty', 'dummy', 'throwing', 'extended', 'given']),
  /** What ran: the function's body (empty = no statement), or the candidate's id. */
  body: z.string(),
  outcome: outcomeSchema,
  feedback: feedbackSchema.nullable(),
  durationMs: z.number().nonnegative(),
});
export type InspectionCheck = Readonly<z.infer<typeof inspectionCheckSchema>>;

/** The same program run several times, one outcome a seed. */
export const repeatedRunSchema = z.strictObject({
  check: inspectionCheckSchema.shape.check,
  body: z.string(),
  outcomes: z.array(outcomeSchema).min(1),
});
export type RepeatedRun = Readonly<z.infer<typeof repeatedRunSchema>>;

/** What a task is not dropped for, but its author should know. */
export const inspectionWarningSchema = z.strictObject({
  kind: z.enum([
    'extended-passes', // a constant beyond the paper's passes
    'few-assertions',
    'no-solution', // nothing is known to pass: no own solution, no given candidate that does
    'no-probes', // only reference and flakiness were checked
    'probe-does-not-compile', // the throwing probe does not compile although the tests do
    'no-dummy-ran', // no constant of the return type compiles
  ]),
  /** For people. */
  detail: z.string(),
});
export type InspectionWarning = Readonly<z.infer<typeof inspectionWarningSchema>>;

/** What the inspection of one task showed. */
export const taskInspectionSchema = z.strictObject({
  taskId: z.string(),
  verdict: z.enum(['kept', 'dropped', 'not-inspected']),
  /** Null when it is kept. */
  reason: z.union([dropReasonSchema, notInspectedReasonSchema]).nullable(),
  /** The reason in words, with what ran and what came out; null when it is kept. */
  evidence: z.string().nullable(),
  /** In the order they were made; a dropped task's later checks included. */
  checks: z.array(inspectionCheckSchema),
  repeats: z.array(repeatedRunSchema),
  warnings: z.array(inspectionWarningSchema),
  /** Milliseconds its own solution took; null where there is none, or it does not pass. */
  referenceMs: z.number().nonnegative().nullable(),
});
export type TaskInspection = Readonly<z.infer<typeof taskInspectionSchema>>;

/** The document that `codejury tasks inspect --json` prints. */
export const inspectionReportSchema = z.strictObject({
  /** Where the tasks are from. */
  source: z.string(),
  counts: z.strictObject({
    tasks: z.int().nonnegative(),
    /** Every reason in the order of the checks, also those that dropped nothing. */
    dropped: z.array(z.strictObject({ reason: dropReasonSchema, tasks: z.int().nonnegative() })),
    notInspected: z.int().nonnegative(),
    kept: z.int().nonnegative(),
  }),
  parameters: z.strictObject({
    /** Seeds of the repeated runs; empty = nothing was repeated. */
    seeds: z.array(z.int().nonnegative()),
    /** What runs the programs, by language. */
    runners: z.record(z.string(), z.string()),
    sandbox: z.string(),
    /** Those the user set. */
    limits: limitsSchema.partial(),
  }),
  tasks: z.array(taskInspectionSchema),
  notices: z.array(z.string()),
  durationMs: z.number().nonnegative(),
});
export type InspectionReport = Readonly<z.infer<typeof inspectionReportSchema>>;
