import type { Candidate } from '../contracts/candidate.ts';
import { candidateId } from '../util/candidate-id.ts';
import type { CleanedText } from './clean-text.ts';

export interface CandidatePool {
  /**
   * Adds what one sample was cleaned to. `isNew` is true when nothing equal was there: only then there is something to
   * judge. The returned candidate has this sample among its samples.
   *
   * @throws {Error} when the sample was added before, or after one with a higher index: a bug in the caller.
   */
  readonly add: (
    sampleIndex: number,
    cleaned: Pick<CleanedText, 'code' | 'dedupeKey' | 'rejected'>,
  ) => { candidate: Candidate; isNew: boolean };
  /** All candidates, rejected ones included, by their lowest sample. */
  readonly list: () => readonly Candidate[];
}

/**
 * Merges equal candidates of one task, accepted and rejected ones apart. The text of the lowest sample stands for
 * a group. A candidate is judged as soon as it is there, so the text cannot change later: samples have to be added in
 * ascending order of their index (a pipeline whose samples arrive out of order holds them back until their turn).
 */
export function createCandidatePool(taskId: string): CandidatePool {
  const groups = new Map<string, Candidate>();
  let lastIndex = -1;
  return {
    add(sampleIndex, { code, dedupeKey, rejected }) {
      if (!Number.isInteger(sampleIndex) || sampleIndex <= lastIndex) {
        throw new Error(`expected a sample index above ${lastIndex}, received ${sampleIndex}`);
      }
      lastIndex = sampleIndex;
      const group = `${rejected === null ? 'accepted' : 'rejected'} ${dedupeKey}`;
      const known = groups.get(group);
      const candidate: Candidate =
        known === undefined
          ? {
              id: candidateId(taskId, code),
              taskId,
              code,
              dedupeKey,
              samples: [sampleIndex],
              rejected,
            }
          : { ...known, samples: [...known.samples, sampleIndex] };
      groups.set(group, candidate);
      return { candidate, isNew: known === undefined };
    },
    list: () => [...groups.values()],
  };
}
