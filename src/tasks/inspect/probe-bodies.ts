import type { SignatureParts } from '../../lang/signature.ts';

/** Bodies of functions that solve nothing, as the language writes them. */
export interface ProbeBodies {
  /** A body without any effect; null where it would mean nothing (undefined behaviour). */
  readonly empty: string | null;
  /** One constant of each kind that the return type allows. */
  readonly dummies: readonly string[];
  /** Further constants, and an argument as it came. */
  readonly extended: readonly string[];
  readonly throwing: string;
}

/** The bodies of one language for a function of this header. */
export type BodyMaker = (header: SignatureParts) => ProbeBodies;
