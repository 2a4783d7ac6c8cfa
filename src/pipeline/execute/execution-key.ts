import type { Task } from '../../contracts/task.ts';
import type { Limits } from '../../execute/limits.ts';
import { hashJson } from '../../util/hash.ts';

export interface ExecutionKeyParts {
  readonly task: Pick<Task, 'language' | 'tests' | 'resources' | 'metadata'>;
  readonly code: string;
  /** Limits that differ from the defaults, wall time only where the user set it. */
  readonly limits: Partial<Limits>;
  readonly seed: number;
  /** See LanguageRunner. */
  readonly fingerprint: string;
}

/** Of a task's metadata, what its runner reads. */
const DECISIVE_METADATA = ['javaProject'];

/**
 * The key of an execution's record: the hash of everything that decides it. Neither names nor the measured time of a
 * reference are part of it, so that the same program is run once whatever file it comes from.
 */
export function executionKey({ task, code, limits, seed, fingerprint }: ExecutionKeyParts): string {
  const { language, tests, resources, metadata } = task;
  const decisive = DECISIVE_METADATA.flatMap((name) => (name in metadata ? [[name, metadata[name]]] : []));
  return hashJson({ language, tests, resources, decisive, code, limits, seed, fingerprint });
}
