import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { Limits } from '../contracts/limits.ts';
import { writtenLimitsSchema } from '../contracts/written-limits.ts';
import { CodejuryError } from '../errors.ts';
import { parseStrict } from '../util/parse-strict.ts';

/** Flags that every command has which executes candidates. */
export interface ExecutionFlags {
  readonly workers?: string;
  readonly languageFile?: string[];
  readonly limit?: string[];
  readonly sandbox: string;
}

export interface ExecutionSettings {
  /** Null = one a core. */
  readonly workers: number | null;
  readonly languages: readonly CustomLanguage[];
  readonly limits: Partial<Limits>;
  readonly sandbox: string;
}

/** @throws {CodejuryError} `usage` or `not-found`, naming the flag or the file. */
export async function executionSettings(flags: ExecutionFlags): Promise<ExecutionSettings> {
  return {
    workers: flags.workers === undefined ? null : positiveInteger('--workers', flags.workers),
    languages: await languagesOf(flags.languageFile ?? []),
    limits: limitsOf(flags.limit ?? []),
    sandbox: flags.sandbox,
  };
}

/** @throws {CodejuryError} `usage` or `not-found`, naming the file. */
export async function languagesOf(paths: readonly string[]): Promise<readonly CustomLanguage[]> {
  if (paths.length === 0) return [];
  const { readLanguages } = await import('../pipeline/read-languages.ts');
  return readLanguages(paths);
}

/**
 * `wallTime=15s`, `memory=1GiB`, `processes=64`; or with the unit in the name, `wallTimeMs=15000`.
 *
 * @throws {CodejuryError} `usage` naming the limit, what was expected and what was received.
 */
export function limitsOf(settings: readonly string[]): Partial<Limits> {
  const entries = settings.map((setting) => {
    const at = setting.indexOf('=');
    const [name, value] = at < 0 ? [setting, ''] : [setting.slice(0, at), setting.slice(at + 1)];
    return [name.trim(), /^\s*\d+\s*$/.test(value) ? Number(value) : value] as const;
  });
  return parseStrict(writtenLimitsSchema, Object.fromEntries(entries), '--limit');
}

/** @throws {CodejuryError} `usage` for anything but a whole number from 1 on. */
export function positiveInteger(flag: string, text: string, most = Number.MAX_SAFE_INTEGER): number {
  return wholeNumber(flag, text, 1, most);
}

/** @throws {CodejuryError} `usage` for anything but a whole number from 0 on. */
export function naturalNumber(flag: string, text: string): number {
  return wholeNumber(flag, text, 0);
}

function wholeNumber(flag: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
    throw new CodejuryError(
      'usage',
      `${flag}: expected a whole number ${range}, received ${JSON.stringify(text)}`,
    );
  }
  return value;
}

/** @throws {CodejuryError} `usage` for anything but a number. */
export function finiteNumber(flag: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) {
    throw new CodejuryError('usage', `${flag}: expected a number, received ${JSON.stringify(text)}`);
  }
  return value;
}

/** @throws {CodejuryError} `usage` for anything that is not in the list. */
export function oneOf<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((known) => known === text);
  if (choice === undefined) {
    throw new CodejuryError('usage', `${flag}: expected one of ${choices.join(', ')}, received ${text}`);
  }
  return choice;
}

/** @throws {CodejuryError} `usage` for anything but three whole numbers with colons between them, not all of them 0. */
export function splitRatio(flag: string, text: string): readonly [number, number, number] {
  const [, train, validation, test] = /^(\d{1,6}):(\d{1,6}):(\d{1,6})$/.exec(text.trim()) ?? [];
  if (train === undefined || [train, validation, test].every((part) => Number(part) === 0)) {
    throw new CodejuryError('usage', `${flag}: expected parts as in 7:1:2, received ${JSON.stringify(text)}`);
  }
  return [Number(train), Number(validation), Number(test)];
}
