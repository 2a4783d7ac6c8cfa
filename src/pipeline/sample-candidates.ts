import { type CleanOptions, cleanText } from '../clean/clean-text.ts';
import type { Rejection } from '../contracts/candidate.ts';
import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { GivenSample } from '../contracts/given-sample.ts';
import type { Task } from '../contracts/task.ts';
import { findLanguage } from '../lang/find-language.ts';
import { candidateOfCompletion, completionOfCandidate } from '../tasks/candidate-of-completion.ts';
import type { TaskIndex } from '../tasks/task-index.ts';

/** A sample of a file and the candidate it makes. */
export interface SampleCandidate {
  readonly sample: GivenSample;
  readonly task: Task;
  /** What is executed; of a rejected sample what was found in its stead. */
  readonly code: string;
  /** Why there is nothing to execute; null = there is. */
  readonly rejected: Rejection | null;
  /** Equal keys of one task are one candidate. */
  readonly dedupeKey: string;
}

export interface SampleCandidateOptions {
  /**
   * `chat`: the function is taken out of answers, as `solve` does, code and completions are executed verbatim, as the
   * benchmarks' own harnesses do. `never`: answers too. `always`: the function is taken out of everything, without the
   * prompt's comment, as a judge is shown it.
   */
  readonly clean: 'chat' | 'never' | 'always';
  /** Of cleaned text: see CleanOptions. Code that is not cleaned is compared as it stands. */
  readonly dedupe?: CleanOptions['dedupe'];
  readonly asciiOnly?: boolean;
  readonly languages?: readonly CustomLanguage[];
}

/**
 * Candidates of samples, in their order.
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
    const made = await candidateOf(sample, task, options);
    // What was executed and held nothing to run is no candidate, whatever its remains look like: nobody has a label for them.
    yield { sample, task, ...made, rejected: sample.rejected ?? made.rejected };
  }
}

async function candidateOf(
  { form, text }: GivenSample,
  task: Task,
  { clean, languages, dedupe = 'exact', asciiOnly = false }: SampleCandidateOptions,
): Promise<Pick<SampleCandidate, 'code' | 'rejected' | 'dedupeKey'>> {
  if (clean !== 'always' && (form !== 'chat' || clean === 'never')) {
    const code = form === 'completion' ? candidateOfCompletion(task, text) : text;
    return { code, rejected: null, dedupeKey: code };
  }
  const language = findLanguage(task.language, languages, task.id);
  const cleaned = (from: string, as: 'completion' | 'chat') =>
    // Without its prompt a completion continues the bare signature: the description is not part of the candidate.
    cleanText({
      task: { ...task, prompt: null },
      language,
      text: from,
      form: as,
      options: { dedupe, asciiOnly },
    });
  if (form === 'completion') return cleaned(text, 'completion');
  const answer = form === 'chat' ? await cleaned(text, 'chat') : null;
  if (answer !== null && answer.rejected !== null) return answer;
  // What `execute` writes of a completion repeats the prompt, and so do some answers.
  const completion = completionOfCandidate(task, answer?.code ?? text);
  if (completion !== null) return cleaned(completion, 'completion');
  return answer ?? cleaned(text, 'chat');
}
