import type { Rejection } from '../contracts/candidate.ts';

/** What was found in one source: the wanted function, or the next best one. */
export interface Extraction {
  readonly code: string;
  /** It has the name the task asks for (or the task asks for none). */
  readonly named: boolean;
  /** The name of the function that was taken; null when there is none. */
  readonly name: string | null;
  readonly rejection: Rejection | null;
  /** It is accepted, and no block that may follow could have a better one or anything that it needs. */
  readonly conclusive: boolean;
}
