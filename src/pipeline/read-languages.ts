import { dirname, resolve } from 'node:path';
import { type CustomLanguage, customLanguageSchema } from '../contracts/custom-language.ts';
import { CodejuryError } from '../errors.ts';
import { parseDocument } from '../tasks/parse-document.ts';
import { readTaskText } from '../tasks/read-task-text.ts';
import { parseStrict } from '../util/parse-strict.ts';

/**
 * The private languages that files (YAML or JSON) describe, one a file; paths in them start from the folder of the file.
 *
 * @throws {CodejuryError} `not-found`, or `usage` naming file, field, expected and received; `usage` for two of one id.
 */
export async function readLanguages(paths: readonly string[]): Promise<readonly CustomLanguage[]> {
  const languages = await Promise.all(
    paths.map(async (path) => {
      const document = await parseDocument(await readTaskText(path, 'language'), path);
      return withPathsFrom(parseStrict(customLanguageSchema, document, path), dirname(path));
    }),
  );
  return distinct(languages);
}

/** The language with all paths of its runner absolute; relative ones start from `folder`. */
export function withPathsFrom(language: CustomLanguage, folder: string): CustomLanguage {
  const { runner } = language;
  if (runner === null) return language;
  const absolute = (paths: readonly string[]) => paths.map((path) => resolve(folder, path));
  return {
    ...language,
    runner: { ...runner, files: absolute(runner.files), folders: absolute(runner.folders) },
  };
}

/** @throws {CodejuryError} `usage` when two languages share an id. */
export function distinct(languages: readonly CustomLanguage[]): readonly CustomLanguage[] {
  const repeated = languages.find(({ id }, index) => languages.findIndex((other) => other.id === id) < index);
  if (repeated === undefined) return languages;
  throw new CodejuryError('usage', `the language ${repeated.id} is described twice`, {
    hint: 'leave one of the descriptions out, or give it another id',
  });
}
