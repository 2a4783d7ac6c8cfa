import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { Task } from '../../contracts/task.ts';
import { probeCandidates } from '../../execute/command/probe-candidates.ts';
import { makeProbes } from '../../tasks/inspect/make-probes.ts';
import type { Probe } from '../../tasks/inspect/probe.ts';

/**
 * The probes of a task: those that the configuration of its language declares, or else those of a built-in language. Null when
 * there are none.
 */
export function probesOfTask(task: Task, languages: readonly CustomLanguage[]): readonly Probe[] | null {
  const runner = languages.find(({ id }) => id === task.language.toLowerCase())?.runner ?? null;
  if (runner === null || runner.probes === null) {
    return makeProbes(task);
  }
  // Whoever reads the report knows such a body best as part of its function.
  return probeCandidates(runner, task.signature).map(({ kind, code }) => ({ kind, code, body: code.trim() }));
}
