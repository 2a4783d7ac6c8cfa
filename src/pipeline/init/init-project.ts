import { basename, resolve } from 'node:path';
import type { InitResult } from '../../contracts/init-result.ts';
import { describedProject } from './described-project.ts';
import { exampleProject, sharedFiles } from './example-project.ts';
import { EXAMPLE_LANGUAGE, type LanguageAnswers, languageOfAnswers } from './language-answers.ts';
import { type Ask, resolveAnswers } from './resolve-answers.ts';
import { checkProjectFolder, type ProjectFile, writeProject } from './write-project.ts';

export interface InitOptions {
  /** The folder to make. */
  readonly folder: string;
  /** What is known of the language. */
  readonly given: Partial<LanguageAnswers>;
  /** Null = what is not given has its default. */
  readonly ask: Ask | null;
}

/**
 * Writes a project for a private language: the example's, which works at once, or that of the language which is described.
 * Nothing that is there is overwritten, and the project appears as a whole.
 *
 * @throws {CodejuryError} `usage` for wrong answers and for a folder that is there; as `ask` does.
 */
export async function initProject({ folder, given, ask }: InitOptions): Promise<InitResult> {
  // Before anybody answers ten questions in vain.
  await checkProjectFolder(folder);
  const answers = await resolveAnswers(given, slugOf(folder), ask);
  const language = answers === null ? null : languageOfAnswers(answers);
  const files =
    language === null
      ? await exampleProject()
      : [...describedProject(language, answers?.header ?? ''), ...(await sharedFiles())];
  await writeProject(folder, files);
  return {
    folder,
    language: language?.id ?? EXAMPLE_LANGUAGE,
    files: files.map(({ path }) => path),
    incomplete: files.filter(isIncomplete).map(({ path }) => path),
    missing: language?.runner?.files ?? [],
  };
}

/** The README only says what the words mean. */
function isIncomplete({ path, content }: ProjectFile): boolean {
  return path !== 'README.md' && content.includes('FILL IN');
}

/** The id of a language from a folder's name: `My Language` gives `my-language`. */
function slugOf(folder: string): string {
  const slug = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');
  return slug === '' ? 'my-language' : slug;
}
