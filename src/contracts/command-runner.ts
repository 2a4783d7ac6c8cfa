import { z } from 'zod';
import { guardedPattern } from './guarded-pattern.ts';
import { writtenLimitsSchema } from './written-limits.ts';

/** Text with placeholders `{{name}}`; any other name in double braces is a mistake. */
function template(names: readonly string[], required: readonly string[] = []) {
  return z.string().superRefine((text, context) => {
    const used = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
    const unknown = used.filter((name) => !names.includes(name));
    const missing = required.filter((name) => !used.includes(name));
    const allowed = names.map((name) => `{{${name}}}`).join(', ');
    if (unknown.length > 0) {
      context.addIssue({ code: 'custom', message: `expected no placeholders but ${allowed}` });
    }
    if (missing.length > 0) {
      context.addIssue({ code: 'custom', message: `expected {{${missing.join('}} and {{')}}} in it` });
    }
  });
}

/**
 * A program and its arguments; no shell reads them. The program is an absolute path, a name that is looked up on the PATH
 * of whoever runs codejury, or `./name` for what the compiler made in the working folder.
 */
const command = z
  .array(template(['file', 'entryPoint']))
  .min(1)
  .refine(([program = '']) => /^(?:\/.*[^/]|\.\/.*[^/]|[^/{}]+)$/.test(program), {
    error: 'expected first an absolute path, a name to look up, or ./name in the working folder',
  });

const patterns = z.array(guardedPattern).default([]);

/**
 * How a language is compiled and run by commands: one file a candidate, in an empty working folder inside the sandbox.
 * Compiling and running share that folder and nothing outlives them.
 */
export const commandRunnerSchema = z
  .strictObject({
    /** Name of the program's file in the working folder, which is where the commands start. Default: program + extension. */
    fileName: template(['entryPoint']).nullable().default(null),
    /** The file's text from the candidate and the two halves of its tests. */
    template: template(['before', 'candidate', 'after', 'entryPoint'], ['candidate', 'after']).default(
      '{{before}}{{candidate}}\n{{after}}',
    ),
    /** Takes the place of `before` for tasks whose tests have none. */
    prelude: z.string().default(''),
    /** Files put into the working folder, read-only: an interpreter, a library. Relative paths start at the configuration's folder. */
    files: z.array(z.string().min(1)).default([]),
    /** Folders of this machine that the commands need, shown read-only at the same path. Programs below /usr need none. */
    folders: z.array(z.string().min(1)).default([]),
    /** Anything but exit code 0 is a compile error; null = there is nothing to compile. */
    compile: command.nullable().default(null),
    /** A quicker way to learn whether a candidate compiles, maybe without a main program; null = as `compile`. */
    check: command.nullable().default(null),
    run: command,
    /** `stdin`: the run command reads the program from its standard input, and no file of it is left that a candidate could read. */
    programOn: z.enum(['file', 'stdin']).default('file'),
    /** Variables of the commands; `{{seed}}` is a number that is the same in runs that should go the same way. */
    env: z.record(z.string().regex(/^\w+$/), template(['seed'])).default({}),
    /**
     * What the commands print when something is wrong, matched against their output with the flags `m` and `u`. Named
     * groups: line, kind, message; for assertions also input, expected, actual. Each pattern of a list is looked for after
     * the place where the first one matched, and adds the groups that are still missing.
     */
    errors: z
      .strictObject({
        compile: patterns,
        runtime: patterns,
        /** A failed assertion of the tests: the outcome is `failed`, not `runtime-error`. */
        assertion: patterns,
        memory: patterns,
        /** Matched against the line of the tests that failed, where an error names it: groups input and expected. */
        testLine: guardedPattern.nullable().default(null),
      })
      .prefault({}),
    /**
     * What to put in place of the failed line of the tests (see errors.testLine) to learn the value of `{{input}}`: prints
     * `{{token}}` and the value on one line. Costs one more run of every candidate that fails; null = the value stays unknown.
     */
    showActual: template(['input', 'token'], ['input', 'token']).nullable().default(null),
    /** Code for after the tests that prints `{{token}}`: proof that the program got there. Null = exit code 0 passes. */
    finished: template(['token'], ['token']).nullable().default(null),
    /** True = `/proc` is there, which JVMs and some compilers need and nothing else should have. */
    proc: z.boolean().default(false),
    /** False for runtimes that reserve far more memory than they use. */
    limitAddressSpace: z.boolean().default(true),
    /** Where the language needs other limits than the defaults; what a user sets for a run goes before them. */
    limits: writtenLimitsSchema.prefault({}),
    /** The text of a smallest program file that passes: tried once, to tell a wrong configuration from wrong candidates. */
    selfTest: z.string().min(1).nullable().default(null),
    /** Candidates that must not pass, for inspecting tests. */
    probes: z
      .strictObject({
        /** A whole function of a header and a body. */
        bodyTemplate: template(['signature', 'body'], ['signature', 'body']),
        bodies: z.strictObject({
          /** A body that does nothing; null where the language has none. */
          empty: z.string().nullable().default(null),
          /** A body that fails when it runs: must compile. */
          throwing: z.string().nullable().default(null),
          /** Bodies that return something without looking at the arguments. */
          dummies: z.array(z.string()).default([]),
        }),
      })
      .nullable()
      .default(null),
  })
  .refine(({ compile, run, programOn }) => compile !== null || programOn === 'stdin' || namesFile(run), {
    error: 'expected {{file}} among its arguments, since nothing is compiled',
    path: ['run'],
  })
  .superRefine(({ files, compile, check, run }, context) => {
    const names = files.map((file) => `./${file.split('/').at(-1)}`);
    const wrong = [compile, check, run].find((argv) => names.includes(argv?.[0] ?? ''));
    if (wrong !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['files'],
        message: `expected programs elsewhere: files cannot be started, so ${wrong?.[0]} needs the name of what reads it before it`,
      });
    }
  });

function namesFile(argv: readonly string[]): boolean {
  return argv.some((argument) => argument.includes('{{file}}'));
}

export type CommandRunnerConfig = Readonly<z.infer<typeof commandRunnerSchema>>;
