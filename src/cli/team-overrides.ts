import { resolve } from 'node:path';
import { judgeMethodSchema, promptedMethodSchema } from '../contracts/judge-method.ts';
import { CodejuryError } from '../errors.ts';
import type { TeamOverrides } from '../pipeline/read-team.ts';
import { nearest } from '../util/nearest.ts';
import { limitsOf } from './execution-settings.ts';

/** Flags that describe the team; each wins over the team file. */
export interface TeamFlags {
  readonly team?: string;
  readonly model?: string;
  /** Folders or files; they come before the judges that are models. */
  readonly profile?: string[];
  readonly judge?: string[];
  readonly method?: string;
  readonly examples?: string;
  readonly samples?: string;
  readonly temperature?: string;
  readonly topP?: string;
  readonly topK?: string;
  readonly maxTokens?: string;
  readonly threads?: string;
  readonly gpu?: string;
  readonly context?: string[];
  readonly gate?: string[];
  readonly stopWhen?: string;
  readonly minimumScore?: string;
  readonly limit?: string[];
  /** In place of those of the team file. */
  readonly languageFile?: string[];
}

/**
 * The flags as parts of a team file. Numbers are checked with the file's own schema, so that `--temperature warm` and
 * `temperature: warm` give the same error.
 *
 * @throws {CodejuryError} `usage` for a method that models are not asked by, and for examples without the method that shows them or the
 *   other way round, where no team file may have the rest.
 */
export function teamOverrides(flags: TeamFlags): TeamOverrides {
  checkMethod(flags);
  const everyModel = present({ threads: number(flags.threads), gpu: flags.gpu });
  const everyJudge = present({
    method: flags.method,
    examples: flags.examples === undefined ? undefined : resolve(flags.examples),
  });
  const generator = present({
    model: flags.model,
    samples: number(flags.samples),
    temperature: number(flags.temperature),
    topP: number(flags.topP),
    topK: number(flags.topK),
    maxTokens: number(flags.maxTokens),
    // A path given as a flag starts from the working folder, not from that of the team file.
    context: flags.context?.map((path) => resolve(path)),
  });
  const team = present({
    generator: isEmpty(generator) ? undefined : generator,
    judges: judgesOf(flags),
    languageFiles: flags.languageFile?.map((path) => resolve(path)),
    gates: flags.gate?.filter((gate) => gate !== 'none'),
    stopWhen: number(flags.stopWhen),
    minimumScore: number(flags.minimumScore),
  });
  return {
    ...(isEmpty(team) ? {} : { team }),
    ...(isEmpty(everyModel) ? {} : { everyModel }),
    ...(isEmpty(everyJudge) ? {} : { everyJudge }),
    ...(flags.limit === undefined ? {} : { limits: limitsOf(flags.limit) }),
  };
}

function checkMethod({ team, method, examples }: TeamFlags): void {
  const prompted: readonly string[] = promptedMethodSchema.options;
  if (method !== undefined && !prompted.includes(method)) {
    const trained = judgeMethodSchema.safeParse(method).success;
    const meant = nearest(method, prompted);
    throw new CodejuryError('usage', `--method: expected one of ${prompted.join(', ')}, received ${method}`, {
      hint: trained
        ? 'a trained judge is named by --profile, which says how it is asked'
        : meant === null
          ? 'without it, judges are asked as the team file says, else by zero-shot'
          : `did you mean "${meant}"?`,
    });
  }
  if (team !== undefined || (method === 'few-shot') === (examples !== undefined)) return;
  throw examples === undefined
    ? new CodejuryError('usage', '--method few-shot needs --examples', {
        hint: '--examples DATASET: what `dataset build` made, whose training candidates are shown',
      })
    : new CodejuryError('usage', `--examples is not used by --method ${method ?? 'zero-shot, the default'}`, {
        hint: 'examples are shown by --method few-shot',
      });
}

/** Undefined where no flag names a judge. */
function judgesOf({ profile, judge }: TeamFlags): object[] | undefined {
  if (profile === undefined && judge === undefined) return undefined;
  const models = (judge ?? []).filter((name) => name !== 'none');
  return [
    ...(profile ?? []).map((path) => ({ profile: resolve(path) })),
    ...models.map((name) => (/\.json$/i.test(name) ? { profile: resolve(name) } : { model: name })),
  ];
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : text.trim() === '' ? Number.NaN : Number(text);
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
