import type { GivenSample } from '../contracts/given-sample.ts';
import type { Task } from '../contracts/task.ts';
import { candidateOfCompletion } from '../tasks/candidate-of-completion.ts';
import { candidateId } from '../util/candidate-id.ts';
import type { SampleCandidate } from './sample-candidates.ts';

/**
 * The id of the candidate that `execute` makes of a sample: the same wherever the sample is read, unlike the id of what a judge is
 * shown, for which the function is taken out of code and completions, too.
 *
 * @param made with `clean` as `chat` or `always`, which treat answers alike
 */
export function sampleId({ sample, task, code }: Pick<SampleCandidate, 'sample' | 'task' | 'code'>): string {
  return uncleanedId(sample, task) ?? candidateId(task.id, code);
}

/** The same id, of what need not be cleaned to know it; null for an answer, in which the code has yet to be found. */
export function uncleanedId({ form, text }: GivenSample, task: Task): string | null {
  if (form === 'chat') return null;
  return candidateId(task.id, form === 'completion' ? candidateOfCompletion(task, text) : text);
}
