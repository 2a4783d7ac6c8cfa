import { z } from 'zod';

/**
 * How a judge is asked and its answer read. Prompted: `zero-shot`, `few-shot`, `auto-cot`, `slow-thinking`, `ice-score`,
 * `fault-list`. Trained: `verdict` (one token, correct or wrong), `rankef` (correct, execution error, intent error),
 * `faults` (classes of faults), `probe` (a logistic model on hidden states).
 */
export const judgeMethodSchema = z.enum([
  'zero-shot',
  'few-shot',
  'auto-cot',
  'slow-thinking',
  'ice-score',
  'fault-list',
  'verdict',
  'rankef',
  'faults',
  'probe',
]);
export type JudgeMethod = z.infer<typeof judgeMethodSchema>;

/** The methods that need no training: any model can be asked this way. */
export const promptedMethodSchema = judgeMethodSchema.extract([
  'zero-shot',
  'few-shot',
  'auto-cot',
  'slow-thinking',
  'ice-score',
  'fault-list',
]);
