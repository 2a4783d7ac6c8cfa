import { functionNameOf } from '../lang/signature.ts';
import { builtinLanguage } from './builtin-language.ts';

/**
 * Name of the function that a signature declares; null when it shows none or when the language, an id or alias, is not
 * built in: how a private language writes a function is known only to those who have its configuration.
 */
export function entryPointOf(language: string, signature: string): string | null {
  const known = builtinLanguage(language);
  return known === null ? null : functionNameOf(known, signature);
}
