import { hashParts } from './hash.ts';

/** Hex digits of an id: 64 bits, enough that no two candidates of a study meet. */
const DIGITS = 16;

/** The id of a candidate: the same code for the same task has the same one, wherever it comes from. */
export function candidateId(taskId: string, code: string): string {
  return hashParts(taskId, code).slice(0, DIGITS);
}
