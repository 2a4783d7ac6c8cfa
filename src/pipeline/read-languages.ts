import { type CustomLanguage, customLanguageSchema } from '../contracts/custom-language.ts';
import { parseDocument } from '../tasks/parse-document.ts';
import { readTaskText } from '../tasks/read-task-text.ts';
import { parseStrict } from '../util/parse-strict.ts';

/**
 * The private languages that files (YAML or JSON) describe, one a file.
 *
 * @throws {CodejuryError} `not-found`, or `usage` naming file, field, expected and received.
 */
export async function readLanguages(paths: readonly string[]): Promise<readonly CustomLanguage[]> {
  return Promise.all(
    paths.map(async (path) =>
      parseStrict(customLanguageSchema, await parseDocument(await readTaskText(path), path), path),
    ),
  );
}
