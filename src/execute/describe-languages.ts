import type { CustomLanguage } from '../contracts/custom-language.ts';
import { CodejuryError } from '../errors.ts';
import type { Limits } from './limits.ts';
import { executableLanguages, openLanguageRunner } from './open-language-runner.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** Whether candidates of a language can be executed. */
export interface LanguageReport {
  readonly language: string;
  readonly runs: boolean;
  /** Its programs with their versions, or why it does not run. */
  readonly detail: string;
  readonly hint: string | null;
  /** What it needs more (or less) of than other languages. */
  readonly limits: Partial<Limits>;
}

/**
 * Opens the runner of every language, private ones first, one after the other, and closes it again: what compilers and
 * interpreters are there, and whether they work inside.
 *
 * @throws {CodejuryError} of any code but `sandbox` and `not-found`, which are an answer
 */
export async function describeLanguages(
  sandbox: Sandbox,
  languages: readonly CustomLanguage[],
): Promise<readonly LanguageReport[]> {
  const own = languages.filter(({ runner }) => runner !== null).map(({ id }) => id);
  const reports: LanguageReport[] = [];
  for (const language of new Set([...own, ...executableLanguages])) {
    reports.push(await describeLanguage(sandbox, language, languages));
  }
  return reports;
}

async function describeLanguage(
  sandbox: Sandbox,
  language: string,
  languages: readonly CustomLanguage[],
): Promise<LanguageReport> {
  try {
    const runner = await openLanguageRunner(sandbox, language, languages);
    try {
      const { detail, hint } = (await runner.describe?.()) ?? { detail: runner.fingerprint, hint: null };
      return { language, runs: true, detail, hint, limits: runner.limits ?? {} };
    } finally {
      await runner.close();
    }
  } catch (error) {
    if (!(error instanceof CodejuryError && ['sandbox', 'not-found'].includes(error.code))) throw error;
    const detail = error.message.replace(/^.+? (?:cannot be executed|for the sandbox): /, '');
    return { language, runs: false, detail, hint: error.hint, limits: {} };
  }
}
