import type { CommandRunnerConfig } from '../../contracts/command-runner.ts';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { hashParts } from '../../util/hash.ts';
import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import type { LanguageRunner, Program, RunOptions, RunReport } from '../language-runner.ts';
import { resolveLimits } from '../limits.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { type CommandProgram, findCommandProgram } from './command-program.ts';
import { describePrograms } from './describe-programs.ts';
import { runCommands } from './run-commands.ts';

/** How one language is run; programs of one language may come in several forms. */
export interface CommandLanguage {
  readonly id: string;
  readonly extension: string;
  /** The first whose `when` is found in the tests (null: in all) is used. */
  readonly forms: readonly { readonly when: RegExp | null; readonly runner: CommandRunnerConfig }[];
  /** Arguments by which its programs say their version; absent = nobody asks them. */
  readonly versionArguments?: readonly string[];
  /** The Debian package that brings its programs. */
  readonly debianPackage?: string;
}

/**
 * The runner of a language that is compiled and run by commands: one sandbox a candidate.
 *
 * @throws {CodejuryError} `sandbox` when a program is missing or the configuration's self test does not pass, `not-found` for a
 *   file of the configuration.
 */
export async function openCommandRunner(
  sandbox: Sandbox,
  language: CommandLanguage,
): Promise<LanguageRunner> {
  const forms = await Promise.all(
    language.forms.map(async ({ when, runner }) => ({
      when,
      program: await openProgram(sandbox, language, runner),
    })),
  );
  const start = (mode: 'run' | 'compile', program: Program, options: RunOptions): Promise<RunReport> => {
    const form = forms.find(({ when }) => when?.test(program.tests.after) ?? true);
    if (form === undefined) {
      throw new CodejuryError(
        'capability',
        `task ${program.task.id}: no ${language.id} program of this form`,
      );
    }
    return runCommands(sandbox, form.program, language.extension, { mode, program, options });
  };
  return {
    language: language.id,
    fingerprint: `${language.id} ${hashParts(...forms.map(({ program }) => program.identity))}`,
    limits: Object.assign({}, ...forms.map(({ program }) => program.config.limits)),
    notes: [...new Set(forms.flatMap(({ program }) => notesOf(program.config)))],
    describe: async () => ({
      detail: await describePrograms(
        sandbox,
        forms.map(({ program }) => program),
        language.versionArguments ?? null,
      ),
      hint: null,
    }),
    run: async (program, options) => start('run', program, options),
    compile: async (program, options) => start('compile', program, options),
    close: async () => {
      for (const { program } of forms) program.close();
    },
  };
}

/**
 * With the programs of the user's PATH, or, where they do not work inside (a version manager's door to a program in a home
 * folder), with the system's.
 */
async function openProgram(
  sandbox: Sandbox,
  language: CommandLanguage,
  config: CommandRunnerConfig,
): Promise<CommandProgram> {
  const complaints: CodejuryError[] = [];
  const places: readonly Environment[] = [sandbox.hostEnv, {}];
  for (const env of places) {
    let program: CommandProgram | null = null;
    try {
      program = await findCommandProgram(config, sandbox, env);
      await passSelfTest(sandbox, program, language);
      return program;
    } catch (error) {
      program?.close();
      if (!(error instanceof CodejuryError) || error.code !== 'sandbox') throw error;
      complaints.push(error);
    }
  }
  const [first] = complaints;
  const said = [...new Set(complaints.map(({ message }) => message))].join('; ');
  throw new CodejuryError('sandbox', `${language.id} cannot be executed: ${said}`, {
    hint: hintOf(first, language, sandbox),
    cause: first,
  });
}

function hintOf(
  refusal: CodejuryError | undefined,
  { debianPackage }: CommandLanguage,
  sandbox: Sandbox,
): string {
  return debianPackage === undefined || sandbox.kind === 'container'
    ? (refusal?.hint ?? "check the language's runner")
    : `install it for all users (Debian, Ubuntu: apt-get install ${debianPackage})`;
}

async function passSelfTest(
  sandbox: Sandbox,
  program: CommandProgram,
  { id, extension }: CommandLanguage,
): Promise<void> {
  const { selfTest } = program.config;
  if (selfTest === null) return;
  const task = {
    id: `${id} self test`,
    entryPoint: 'selfTest',
    signature: '',
    resources: null,
    metadata: {},
  };
  const bare = { ...program, config: { ...program.config, template: '{{candidate}}', prelude: '' } };
  const report = await runCommands(sandbox, bare, extension, {
    mode: 'run',
    program: { code: selfTest, tests: { before: '', after: '' }, task },
    options: {
      limits: resolveLimits({ ...program.config.limits, wallTimeMs: COMPILE_LIMIT_MS }),
      signal: new AbortController().signal,
    },
  });
  if (report.outcome === 'passed') return;
  const { kind = '', message = '' } = report.feedback ?? {};
  throw new CodejuryError('sandbox', `its self test gave ${report.outcome} (${kind}: ${message})`, {
    hint: `the configuration's \`selfTest\` is a program that must pass; try its commands by hand`,
  });
}

function notesOf({ compile, finished }: CommandRunnerConfig): string[] {
  return [
    ...(compile === null ? ['there is no compile command: the gate "compile" lets everything pass'] : []),
    ...(finished === null
      ? ['its tests do not say that they finished: exit code 0 counts as passed, however early']
      : []),
  ];
}
