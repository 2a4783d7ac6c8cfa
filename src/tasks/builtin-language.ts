import { builtinLanguages } from '../lang/builtin-languages.ts';
import type { Language } from '../lang/language.ts';

/** The built-in language of that id or alias, case ignored; null when it is not built in. */
export function builtinLanguage(id: string): Language | null {
  const wanted = id.trim().toLowerCase();
  return (
    builtinLanguages.find((language) => language.id === wanted || language.aliases.includes(wanted)) ?? null
  );
}

/**
 * The language id for the name that a benchmark uses: `js` is `javascript`, `go_test.go` (MultiPL-E) is `go`. A language that
 * is not built in keeps its name, in lower case, so that a runner configured for that name serves it.
 */
export function languageIdOf(name: string): string {
  const wanted = name
    .trim()
    .toLowerCase()
    .replace(/^go_test\.go$/, 'go')
    .replace(/^c#$/, 'csharp');
  return builtinLanguage(wanted)?.id ?? wanted;
}
