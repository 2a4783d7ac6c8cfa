import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { builtinCommands } from './builtin-commands.ts';
import type { CommandLanguage } from './open-command-runner.ts';

/**
 * How a language (its id) is run by commands: the runner of a private language, else a built-in one. Null for a language that
 * has none; then it may still have a runner of its own kind.
 */
export function findCommandLanguage(
  id: string,
  languages: readonly CustomLanguage[],
): CommandLanguage | null {
  const own = languages.find((language) => language.id === id);
  if (own === undefined) return builtinCommands.find((language) => language.id === id) ?? null;
  return own.runner === null
    ? null
    : { id, extension: own.extension, forms: [{ when: null, runner: own.runner }] };
}
