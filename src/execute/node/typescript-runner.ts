import { CodejuryError } from '../../errors.ts';
import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import type { LanguageRunner, Program, RunOptions, RunReport } from '../language-runner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { findTypescript } from './find-typescript.ts';
import { type NodeProcesses, openNodeProcesses } from './node-processes.ts';
import { openTypescriptCompiler, type TypescriptCompiler } from './typescript-compiler.ts';

const INSTALL = 'install its compiler beside codejury: npm install typescript5@npm:typescript@5.9.3';

/**
 * The runner for TypeScript: checked and translated as `tsc --target esnext` does, then run as JavaScript. Without a compiler the
 * types are taken away unchecked, and a note says so.
 *
 * @throws {CodejuryError} `sandbox` when no Node.js works inside, or one too old to do without a compiler.
 */
export async function openTypescriptRunner(
  sandbox: Sandbox,
  findCompiler = findTypescript,
): Promise<LanguageRunner> {
  const typescript = await findCompiler(sandbox.hostEnv, process.cwd());
  const processes = await openNodeProcesses(sandbox);
  if (typescript === null && !takesTypesAway(processes.node.version)) {
    await processes.close();
    throw new CodejuryError(
      'sandbox',
      `no TypeScript for the sandbox: no compiler is installed, and Node.js ${processes.node.version} cannot read it`,
      { hint: `${INSTALL}, or use Node.js 24` },
    );
  }
  return typescript === null
    ? uncheckedRunner(processes)
    : checkedRunner(processes, openTypescriptCompiler(sandbox, processes, typescript), typescript.version);
}

/** From 22.13 and 23.2 on. */
function takesTypesAway(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 2) || (major === 22 && minor >= 13);
}

function checkedRunner(
  processes: NodeProcesses,
  compiler: TypescriptCompiler,
  version: string,
): LanguageRunner {
  const translate = async (program: Program, { signal }: RunOptions) => {
    const startedAt = performance.now();
    const translation = await compiler.translate(program, COMPILE_LIMIT_MS, signal);
    return { translation, durationMs: performance.now() - startedAt };
  };
  return {
    language: 'typescript',
    fingerprint: `typescript ${version} ${processes.fingerprint}`,
    run: async (program, options) => {
      const { translation, durationMs } = await translate(program, options);
      return 'feedback' in translation
        ? { outcome: 'compile-error', feedback: translation.feedback, durationMs }
        : processes.ask({ mode: 'run', dialect: 'typescript', emitted: translation }, program, options);
    },
    compile: async (program, options): Promise<RunReport> => {
      const { translation, durationMs } = await translate(program, options);
      return 'feedback' in translation
        ? { outcome: 'compile-error', feedback: translation.feedback, durationMs }
        : { outcome: 'passed', feedback: null, durationMs };
    },
    describe: async () => ({
      detail: `TypeScript ${version}, Node.js ${processes.node.version}`,
      hint: null,
    }),
    close: async () => {
      await Promise.all([compiler.close(), processes.close()]);
    },
  };
}

function uncheckedRunner(processes: NodeProcesses): LanguageRunner {
  const ask = (mode: 'run' | 'compile', program: Program, options: RunOptions) =>
    processes.ask({ mode, dialect: 'typescript', emitted: null }, program, options);
  return {
    language: 'typescript',
    fingerprint: `typescript unchecked ${processes.fingerprint}`,
    notes: [
      `TypeScript is run without a check of its types: a type error does not fail a candidate; ${INSTALL}`,
    ],
    run: (program, options) => ask('run', program, options),
    compile: (program, options) => ask('compile', program, options),
    describe: async () => ({
      detail: `Node.js ${processes.node.version}, no compiler: types are not checked`,
      hint: INSTALL,
    }),
    close: processes.close,
  };
}
