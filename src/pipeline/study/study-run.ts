import type { Environment } from '../../io/environment.ts';
import type { StudySource } from './read-study.ts';

/** A study and where and how it is run. */
export interface StudyRun extends StudySource {
  /** The folder of everything that it writes. */
  readonly out: string;
  readonly env: Environment;
  readonly offline: boolean;
  readonly sandbox: string;
  /** Candidates executed at once; null = one a core. */
  readonly workers: number | null;
  readonly signal: AbortSignal;
}

/** Files of a study, from its folder. */
export const STUDY_FILES = {
  tasks: 'tasks.jsonl',
  report: 'study.json',
  times: 'times.json',
  candidates: 'candidates.jsonl',
  samples: (writer: string) => `samples/${writer}.jsonl`,
  verdicts: (generator: string) => `verdicts/${generator}.jsonl`,
  selections: (generator: string) => `selections/${generator}.jsonl`,
} as const;

export const STUDY_FOLDERS = ['samples', 'verdicts', 'selections'] as const;
