import { builtinLanguages } from '../lang/builtin-languages.ts';
import { functionNameOf } from '../lang/signature.ts';

/**
 * Name of the function that a signature declares; null when it shows none or when the language, an id or alias, is not
 * built in: how a private language writes a function is known only to those who have its configuration.
 */
export function entryPointOf(language: string, signature: string): string | null {
  const wanted = language.trim().toLowerCase();
  const known = builtinLanguages.find(({ id, aliases }) => id === wanted || aliases.includes(wanted));
  return known === undefined ? null : functionNameOf(known, signature);
}
