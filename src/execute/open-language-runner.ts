import type { CustomLanguage } from '../contracts/custom-language.ts';
import { CodejuryError } from '../errors.ts';
import type { LanguageRunner } from './language-runner.ts';
import { openPythonRunner } from './python-runner.ts';
import type { Sandbox } from './sandbox.ts';

const openers: Readonly<Record<string, (sandbox: Sandbox) => Promise<LanguageRunner>>> = {
  python: openPythonRunner,
};

/**
 * Opens the runner of a language (its id) in a sandbox. A private language goes before a built-in one of the same id.
 *
 * @throws {CodejuryError} `capability` for a language without a runner; `sandbox` when its interpreter is missing.
 */
export async function openLanguageRunner(
  sandbox: Sandbox,
  language: string,
  _languages: readonly CustomLanguage[],
): Promise<LanguageRunner> {
  const open = Object.hasOwn(openers, language) ? openers[language] : undefined;
  if (open === undefined) {
    throw new CodejuryError('capability', `${language} cannot be executed: there is no runner for it`, {
      hint: `runners: ${Object.keys(openers).join(', ')}; others are declared in the configuration`,
    });
  }
  return open(sandbox);
}
