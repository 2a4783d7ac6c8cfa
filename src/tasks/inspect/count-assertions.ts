import type { Task } from '../../contracts/task.ts';
import { maskSource } from '../../lang/split-source.ts';
import { builtinLanguage } from '../builtin-language.ts';

/** What fails when something is wrong, in the languages that benchmarks come in; not the import of it. */
const ASSERTION = /\b(?:assert\w*|expect|throw|raise|panic|t\.(?:Error|Fatal)f?)\b(?!\s*=[^=])/g;

const LOOP = /\b(?:for|while|forEach|each|map)\b/;

/**
 * How many checks the task's tests make: assertions, or calls of the function under test where those are more. Null when a loop
 * makes it impossible to tell, there are no tests, or they lie in a project.
 */
export function countAssertions({
  tests,
  language: id,
  entryPoint,
  metadata = {},
}: Pick<Task, 'tests' | 'language' | 'entryPoint'> & Partial<Pick<Task, 'metadata'>>): number | null {
  if (tests === null || metadata.javaProject !== undefined) {
    return null;
  }
  const language = builtinLanguage(id);
  const text = language === null ? tests.after : maskSource(language, tests.after);
  if (LOOP.test(text)) {
    return null;
  }
  // MultiPL-E and HumanEval call the function under another name.
  const names = ['candidate', entryPoint?.split(/\.|::/).at(-1) ?? ''].filter((name) => /^\w+$/.test(name));
  const calls = new RegExp(`\\b(?:${names.join('|')})\\s*\\(`, 'g');
  return Math.max(count(text, ASSERTION), count(text, calls));
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
