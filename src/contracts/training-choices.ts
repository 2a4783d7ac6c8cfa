import { z } from 'zod';

/** What a model learns; `faults` needs a scheme. `generate` adapts a generator and makes no judge. */
export const objectiveSchema = z.enum(['verdict', 'verdict+feedback', 'rankef', 'faults', 'generate']);
export type Objective = z.infer<typeof objectiveSchema>;

/** Which weights move: small matrices beside the frozen ones, all, the same beside four-bit ones, or a head outside the model. */
export const trainingMethodSchema = z.enum(['lora', 'full', 'qlora', 'probe']);
export type TrainingMethod = z.infer<typeof trainingMethodSchema>;

export const architectureSchema = z.enum(['decoder', 'encoder-decoder']);
export type Architecture = z.infer<typeof architectureSchema>;

/** What says the verdict: a label that the model answers with, or a head on its inner states, under which its weights are trained. */
export const headSchema = z.enum(['label', 'probe']);
export type Head = z.infer<typeof headSchema>;

/** `task`: rows of one task are computed as one sequence, what they share once. */
export const packingSchema = z.enum(['task', 'none']);
export type Packing = z.infer<typeof packingSchema>;

/** CodeRanker's ways to divide candidates into classes. */
export const faultSchemeSchema = z.enum(['binary', 'ternary', 'intent', 'execution']);
export type FaultScheme = z.infer<typeof faultSchemeSchema>;
