import { CodejuryError } from '../errors.ts';
import type { LanguageRunner } from './language-runner.ts';
import { openPythonRunner } from './python-runner.ts';
import type { Sandbox } from './sandbox.ts';

const openers: Readonly<Record<string, (sandbox: Sandbox) => Promise<LanguageRunner>>> = {
  python: openPythonRunner,
};

const opened = new WeakMap<Sandbox, Map<string, Promise<LanguageRunner>>>();

/**
 * The runner of a language in a sandbox, opened at the first call and kept as long as the sandbox.
 *
 * @throws {CodejuryError} `capability` for a language without a runner; `sandbox` when its interpreter is missing.
 */
export async function openLanguageRunner(sandbox: Sandbox, language: string): Promise<LanguageRunner> {
  const open = Object.hasOwn(openers, language) ? openers[language] : undefined;
  if (open === undefined) {
    throw new CodejuryError('capability', `${language} cannot be executed: only Python has a runner so far`, {
      hint: 'leave "compile" and "tests" out of the gates; runners for Java, JavaScript, TypeScript and configured commands come next',
    });
  }
  const runners = opened.get(sandbox) ?? new Map<string, Promise<LanguageRunner>>();
  opened.set(sandbox, runners);
  const runner = runners.get(language) ?? open(sandbox);
  runners.set(language, runner);
  // Whatever failed may be repaired by the next call.
  runner.catch(() => runners.delete(language));
  return runner;
}
