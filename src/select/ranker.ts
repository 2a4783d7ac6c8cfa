import type { Task } from '../contracts/task.ts';
import type { Random } from '../util/random.ts';

/**
 * What rankers know of a task. Not the tests, not the solution: whatever tells right from wrong is out of their reach, and so are
 * labels, which no type of this file has.
 */
export interface RankedTask
  extends Pick<Task, 'id' | 'language' | 'description' | 'signature' | 'prompt' | 'entryPoint' | 'problem'> {
  /** What the prompt has above the function: imports, helpers. */
  readonly preamble: string;
}

/** A distinct cleaned candidate of a pool of samples. */
export interface PoolCandidate {
  readonly id: string;
  readonly code: string;
  /** The numbers of its samples in their file, ascending. */
  readonly samples: readonly number[];
  /** The largest that its samples came with; null when none had one. */
  readonly meanLogProbability: number | null;
}

/** The candidates of one task that are drawn at least once. */
export interface TaskPool {
  readonly task: RankedTask;
  readonly candidates: readonly PoolCandidate[];
}

/** A candidate in a draw. */
export interface DrawnCandidate {
  readonly candidate: PoolCandidate;
  /** Samples of the draw that are this candidate. */
  readonly multiplicity: number;
  /** Position of the first of them in the order of drawing, from 0. */
  readonly firstIndex: number;
}

/** Some samples of a pool, seen as distinct candidates. */
export interface Draw {
  /** Samples, those without a candidate included. */
  readonly n: number;
  readonly candidates: readonly DrawnCandidate[];
  /** For rankers that decide by chance: a fresh source, the same for the same seed. */
  readonly random: () => Random;
}

/** Scores of a draw's candidates by id; a higher score is better, a missing one or null ranks last. No work is done here. */
export type DrawScorer = (draw: Draw) => ReadonlyMap<string, number | null>;

/** A way to order candidates. */
export interface Ranker {
  /** As tables and selections show it. */
  readonly name: string;
  /** How equal scores are decided: as `rankCandidates` does, or by the order of drawing, which is the same as by chance. */
  readonly ties: 'team' | 'first-drawn';
  /**
   * Does all work for a task: each candidate is looked at once, however many draws it is part of.
   *
   * @throws {CodejuryError} what models and sandbox report.
   */
  readonly prepare: (pool: TaskPool) => Promise<DrawScorer>;
  /** In a line for people: what it looks at, by which model. Asked for at the end, when it is known. */
  readonly how: () => string;
  /** What a reader of its results has to know. Asked for at the end. */
  readonly notices?: () => readonly string[];
}

/** The scorer of rankers that look at each candidate by itself. */
export function scorerOf(scores: ReadonlyMap<string, number | null>): DrawScorer {
  return () => scores;
}
