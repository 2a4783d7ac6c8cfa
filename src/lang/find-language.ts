import type { CustomLanguage } from '../contracts/custom-language.ts';
import { CodejuryError } from '../errors.ts';
import { nearest } from '../util/nearest.ts';
import { builtinLanguages } from './builtin-languages.ts';
import type { Language } from './language.ts';
import { languageOfCustom } from './language-of-custom.ts';

/**
 * The language of that id or alias, case ignored. A private language of the user's configuration goes before a
 * built-in one of the same id.
 *
 * @param taskId the task that is in that language, for the message
 * @throws {CodejuryError} `usage` when nothing has that id: names the nearest and lists what is known.
 */
export function findLanguage(
  id: string,
  custom: readonly CustomLanguage[] = [],
  taskId: string | null = null,
): Language {
  const wanted = id.trim().toLowerCase();
  const own = custom.find((language) => language.id.toLowerCase() === wanted);
  if (own !== undefined) {
    return languageOfCustom(own);
  }
  const builtin = builtinLanguages.find(
    (language) => language.id === wanted || language.aliases.includes(wanted),
  );
  if (builtin !== undefined) {
    return builtin;
  }
  const ids = [...builtinLanguages, ...custom].map((language) => language.id);
  const near = nearest(wanted, [...ids, ...builtinLanguages.flatMap((language) => language.aliases)]);
  const place = taskId === null ? '' : `task ${taskId}: `;
  const described =
    'a private language is described in a file that --language-file names, or a team under `languageFiles`';
  throw new CodejuryError('usage', `${place}unknown language "${id}": expected one of ${ids.join(', ')}`, {
    hint: near === null ? described : `did you mean "${near}"? If not, ${described}`,
  });
}
