import { candidateOfCompletion } from '../tasks/candidate-of-completion.ts';
import { candidateId } from '../util/candidate-id.ts';
import type { SampleCandidate } from './sample-candidates.ts';

/**
 * The id of the candidate that `execute` makes of a sample: the same wherever the sample is read, unlike the id of what a judge is
 * shown, for which the function is taken out of code and completions, too.
 *
 * @param made with `clean` as `chat` or `always`, which treat answers alike
 */
export function sampleId({
  sample: { form, text },
  task,
  code,
}: Pick<SampleCandidate, 'sample' | 'task' | 'code'>): string {
  if (form === 'chat') return candidateId(task.id, code);
  return candidateId(task.id, form === 'completion' ? candidateOfCompletion(task, text) : text);
}
