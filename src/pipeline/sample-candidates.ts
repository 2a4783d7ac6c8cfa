import { cleanText } from '../clean/clean-text.ts';
import type { Rejection } from '../contracts/candidate.ts';
import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { GivenSample } from '../contracts/given-sample.ts';
import type { Task } from '../contracts/task.ts';
import { findLanguage } from '../lang/find-language.ts';
import { candidateOfCompletion } from '../tasks/candidate-of-completion.ts';
import type { TaskIndex } from '../tasks/task-index.ts';

/** A sample of a file and the candidate it makes. */
export interface SampleCandidate {
  readonly sample: GivenSample;
  readonly task: Task;
  /** What is executed; of a rejected sample what was found in its stead. */
  readonly code: string;
  /** Why there is nothing to execute; null = there is. */
  readonly rejected: Rejection | null;
}

export interface SampleCandidateOptions {
  /** `chat`: the function is taken out of answers, as `solve` does; `never`: answers are executed as they stand. */
  readonly clean: 'chat' | 'never';
  readonly languages?: readonly CustomLanguage[];
}

/**
 * Candidates of samples, in their order. Code and completions are executed verbatim, as the benchmarks' own harnesses do;
 * only answers of chat models are cleaned.
 *
 * @throws {CodejuryError} what reading the samples throws; `usage` for an answer in a language nobody described.
 */
export async function* sampleCandidates(
  samples: AsyncIterable<GivenSample>,
  tasks: TaskIndex,
  options: SampleCandidateOptions,
): AsyncGenerator<SampleCandidate> {
  for await (const sample of samples) {
    const task = tasks.get(sample.taskId);
    if (task === null) {
      throw new Error(`${sample.place}: no task ${sample.taskId}`);
    }
    yield { sample, task, ...(await candidateOf(sample, task, options)) };
  }
}

async function candidateOf(
  { form, text }: GivenSample,
  task: Task,
  { clean, languages }: SampleCandidateOptions,
): Promise<Pick<SampleCandidate, 'code' | 'rejected'>> {
  if (form === 'completion') {
    return { code: candidateOfCompletion(task, text), rejected: null };
  }
  if (form === 'code' || clean === 'never') {
    return { code: text, rejected: null };
  }
  const language = findLanguage(task.language, languages);
  const { code, rejected } = await cleanText({ task, language, text, form: 'chat' });
  return { code, rejected };
}
