import type { CustomLanguage } from '../contracts/custom-language.ts';
import { CodejuryError } from '../errors.ts';
import { builtinCommands } from './command/builtin-commands.ts';
import { findCommandLanguage } from './command/find-command-language.ts';
import { openCommandRunner } from './command/open-command-runner.ts';
import type { LanguageRunner } from './language-runner.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** Each is loaded when its language is first executed. */
const openers: Readonly<Record<string, (sandbox: Sandbox) => Promise<LanguageRunner>>> = {
  java: async (sandbox) => (await import('./java/java-runner.ts')).openJavaRunner(sandbox),
  javascript: async (sandbox) => (await import('./node/javascript-runner.ts')).openJavascriptRunner(sandbox),
  python: async (sandbox) => (await import('./python/python-runner.ts')).openPythonRunner(sandbox),
  typescript: async (sandbox) => (await import('./node/typescript-runner.ts')).openTypescriptRunner(sandbox),
};

/** The ids of the languages that have a runner without any configuration. */
export const executableLanguages: readonly string[] = [
  ...Object.keys(openers),
  ...builtinCommands.map(({ id }) => id),
];

/**
 * Opens the runner of a language (its id) in a sandbox. A private language goes before a built-in one of the same id.
 *
 * @throws {CodejuryError} `capability` for a language without a runner; `sandbox` when its interpreter is missing.
 */
export async function openLanguageRunner(
  sandbox: Sandbox,
  language: string,
  languages: readonly CustomLanguage[],
): Promise<LanguageRunner> {
  const isPrivate = languages.some(({ id }) => id === language);
  const commands = findCommandLanguage(language, languages);
  if (commands !== null) return openCommandRunner(sandbox, commands);
  const open = !isPrivate && Object.hasOwn(openers, language) ? openers[language] : undefined;
  if (open === undefined) {
    throw new CodejuryError('capability', `${language} cannot be executed: there is no runner for it`, {
      hint: isPrivate
        ? 'describe how to run it under `runner`; docs/private-language.md shows how'
        : `runners: ${executableLanguages.join(', ')}; others are declared in the configuration`,
    });
  }
  return open(sandbox);
}
