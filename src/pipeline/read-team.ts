import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Limits } from '../contracts/limits.ts';
import { type TeamConfig, teamConfigSchema } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { checkCombination } from '../select/check-combination.ts';
import { parseDocument } from '../tasks/parse-document.ts';
import { parseStrict } from '../util/parse-strict.ts';
import { distinct, readLanguages, withPathsFrom } from './read-languages.ts';
import { requireJudge } from './require-judge.ts';

/** A team file larger than this, in bytes, is some other file. */
const LARGEST_TEAM_FILE_BYTES = 1 << 20;

/** A team and the folder its relative paths start from. */
export interface TeamSource {
  readonly config: TeamConfig;
  readonly folder: string;
}

/** Settings given beside a team file; they win over it. */
export interface TeamOverrides {
  /** Fields of the team; lists replace those of the file, `generator` is merged field by field. */
  readonly team?: Readonly<Record<string, unknown>>;
  /** Fields of every model: generator, judges, and the one to escalate to. */
  readonly everyModel?: Readonly<Record<string, unknown>>;
  /** Fields of every judge that is a model and not a profile. */
  readonly everyJudge?: Readonly<Record<string, unknown>>;
  /** Limits of what the gates run, each before the file's. */
  readonly limits?: Partial<Limits>;
}

/**
 * The team in a YAML or JSON file (null: the default team, the embedded model as generator and zero-shot judge), with
 * overrides applied and every default filled in. Its languages are those of `languageFiles`, too.
 *
 * @throws {CodejuryError} `not-found`, or `usage` naming file, path, expected and received, and the nearest key of an
 *   unknown one.
 */
export async function readTeam(path: string | null, overrides: TeamOverrides = {}): Promise<TeamSource> {
  const value = path === null ? {} : await readDocument(path);
  const where = path ?? 'team settings';
  const { team = {}, everyModel = {}, everyJudge = {} } = overrides;
  const written = parseStrict(teamConfigSchema, merge(value, team), where);
  const beside = flagsOf(everyJudge);
  const config = parseStrict(
    teamConfigSchema,
    withEvery(written, everyModel, everyJudge),
    beside === '' ? where : `${where} with ${beside}`,
  );
  checkCombination(config);
  const folder = path === null ? process.cwd() : dirname(resolve(path));
  const languages = distinct([
    ...config.languages.map((language) => withPathsFrom(language, folder)),
    ...(await readLanguages(config.languageFiles.map((file) => resolveFrom(folder, file)))),
  ]);
  const limits = { ...config.limits, ...overrides.limits };
  // One that is wrong is to be found before anything is read or opened.
  for (const judge of config.judges) await requireJudge(judge, (name) => resolveFrom(folder, name));
  return { config: { ...config, languages: [...languages], limits }, folder };
}

/** A path of a team file, taken from the folder of that file. */
export function resolveFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : resolve(folder, path);
}

function merge(value: unknown, team: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(value)) {
    return value;
  }
  const generators = [value.generator, team.generator].filter(isRecord);
  return {
    ...value,
    ...team,
    ...(team.generator === undefined ? {} : { generator: Object.assign({}, ...generators) }),
  };
}

function withEvery(
  config: TeamConfig,
  modelFields: Readonly<Record<string, unknown>>,
  judgeFields: Readonly<Record<string, unknown>>,
) {
  if (Object.keys(judgeFields).length > 0 && !config.judges.some(({ model }) => model !== null)) {
    throw new CodejuryError('usage', `${flagsOf(judgeFields)}: there is no judge that is a model`, {
      hint: 'name one with --judge MODEL; a profile says by itself how its judge is asked',
    });
  }
  return {
    ...config,
    generator: { ...config.generator, ...modelFields },
    judges: config.judges.map((judge) => ({
      ...judge,
      ...modelFields,
      ...(judge.model === null ? {} : judgeFields),
    })),
    escalateTo: config.escalateTo === null ? null : { ...config.escalateTo, ...modelFields },
  };
}

/** Each field is a flag of the same name. */
function flagsOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.keys(fields)
    .map((field) => `--${field}`)
    .join(' and ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

async function readDocument(path: string): Promise<unknown> {
  const text = await readText(path);
  // Comments alone are an empty team: all defaults.
  return text.trim() === '' ? {} : ((await parseDocument(text, path)) ?? {});
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new CodejuryError('not-found', `cannot read the team file ${path}${reason}`, {
      hint: 'a team file is YAML or JSON; the README shows one with every field',
      cause,
    });
  }
  if (bytes.length > LARGEST_TEAM_FILE_BYTES || bytes.includes(0)) {
    throw new CodejuryError(
      'usage',
      `${path} is not a team file: expected YAML or JSON text of at most 1 MiB`,
    );
  }
  return bytes.toString('utf8');
}
