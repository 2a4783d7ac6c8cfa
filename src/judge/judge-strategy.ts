import type { JudgeMethod } from '../contracts/judge-method.ts';
import type { Task } from '../contracts/task.ts';
import type { Verdict } from '../contracts/verdict.ts';
import type { Label, LanguageModel } from '../lm/language-model.ts';

/** One question to a judge: is this candidate right? */
export interface JudgeQuestion {
  /** The opened judge; a strategy uses the capabilities that its method needs. */
  readonly model: LanguageModel;
  readonly task: JudgedTask;
  readonly code: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a strategy may want to know of a task. */
export type JudgedTask = Pick<Task, 'id' | 'problem' | 'language' | 'description' | 'signature'>;

/** The parts of a verdict that the answer decides, and what it cost beyond what a verdict says. */
export interface JudgeAnswer extends Omit<Verdict, 'candidateId' | 'judge'> {
  /** Of the prompt tokens, those that had been evaluated for an earlier question; null = unknown. */
  readonly cachedTokens: number | null;
}

/** A way to ask a judge and to read its answer. */
export interface JudgeStrategy {
  readonly method: JudgeMethod;
  /** Hash of everything that is the same in all its questions and of how answers are read. */
  readonly templateHash: string;
  /** Hash of the data its questions are made with, e.g. examples to retrieve from; null = the question alone decides. */
  readonly dataDigest: string | null;
  /** Labels that the model must have as tokens; null where the answer is a text or a vector. */
  readonly labels: readonly Label[] | null;
  /**
   * An answer that cannot be read is an invalid verdict (label null), never a guess.
   *
   * @throws {CodejuryError} `capability` when the model lacks what the method needs; `context-length` when the prompt does
   *   not fit; whatever the engine reports.
   */
  readonly ask: (question: JudgeQuestion) => Promise<JudgeAnswer>;
}
