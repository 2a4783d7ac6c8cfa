import { readFile } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { type StudyConfig, studyConfigSchema } from '../../contracts/study-config.ts';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { parseDocument } from '../../tasks/parse-document.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { readLanguages } from '../read-languages.ts';
import { resolveFrom } from '../read-team.ts';

/** A study and the folder its relative paths start from. */
export interface StudySource {
  readonly config: StudyConfig;
  readonly folder: string;
  readonly languages: readonly CustomLanguage[];
}

/**
 * The study in a YAML or JSON file, with every default.
 *
 * @throws {CodejuryError} `not-found`, or `usage` naming file, path, expected and received; names that are there twice, and an order of
 *   judges that there are not.
 */
export async function readStudy(file: string): Promise<StudySource> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CodejuryError('not-found', `cannot read the study ${file} (${errorCode(cause)})`, {
      hint: 'a study is a YAML file that names tasks, generators and judges: docs/studies.md shows one with every field',
      cause,
    });
  });
  const config = parseStrict(studyConfigSchema, await parseDocument(text, file), file);
  checkNames(config, file);
  const folder = dirname(resolve(file));
  const languages = await readLanguages(config.languageFiles.map((path) => resolveFrom(folder, path)));
  return { config, folder, languages };
}

/** Where a study is kept unless somebody says otherwise: a folder of its file's name beside it. */
export function studyFolder(file: string): string {
  const { dir, name } = parse(resolve(file));
  return join(dir, name);
}

function checkNames({ generators, largeModels, judges, teams, candidates }: StudyConfig, file: string): void {
  unique(
    `${file}: generators and largeModels`,
    [...generators, ...largeModels].map(({ name }) => name),
  );
  unique(
    `${file}: judges`,
    judges.map(({ name }) => name),
  );
  unique(`${file}: candidates`, candidates.map(String));
  const order = teams.order ?? [];
  unique(`${file}: teams.order`, order);
  const known = judges.map(({ name }) => name);
  const unknown = order.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new CodejuryError('usage', `${file}: teams.order: there is no judge ${unknown}`, {
      hint: known.length === 0 ? 'list it under judges' : `the judges are ${known.join(', ')}`,
    });
  }
}

/** Case does not count: names become names of files. */
function unique(where: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (seen.has(key)) throw new CodejuryError('usage', `${where}: ${name} is there twice`);
    seen.add(key);
  }
}
