import type { Task } from '../contracts/task.ts';
import { splitSource } from '../lang/split-source.ts';
import { builtinLanguage } from './builtin-language.ts';

/**
 * The candidate that a base model's continuation of the task's prompt makes: `head + completion + tail`. Where the completion
 * also closes the class, its last closing brace outside comments and strings is left out, because the tests bring it. The
 * completion is taken as it is: stop strings have been cut off by whoever sampled it.
 */
export function candidateOfCompletion(
  task: Pick<Task, 'completion' | 'prompt' | 'language'>,
  completion: string,
): string {
  if (task.completion === null) {
    return (task.prompt ?? '') + completion;
  }
  const { head, tail, closesClass } = task.completion;
  return head + (closesClass ? withoutLastBrace(task.language, completion) : completion) + tail;
}

/** The other way: the completion that a candidate was made of; null for one that does not begin and end as the task's frame does. */
export function completionOfCandidate(task: Pick<Task, 'completion'>, code: string): string | null {
  if (task.completion === null) return null;
  const { head, tail } = task.completion;
  const isFramed = code.length >= head.length + tail.length && code.startsWith(head) && code.endsWith(tail);
  return isFramed ? code.slice(head.length, code.length - tail.length) : null;
}

function withoutLastBrace(languageId: string, code: string): string {
  const language = builtinLanguage(languageId);
  const segments =
    language === null ? [{ kind: 'code', start: 0, end: code.length } as const] : splitSource(language, code);
  for (const { kind, start, end } of segments.toReversed()) {
    const brace = kind === 'code' ? code.slice(start, end).lastIndexOf('}') : -1;
    if (brace >= 0) {
      return code.slice(0, start + brace) + code.slice(start + brace + 1);
    }
  }
  return code;
}
