import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import type { LanguageRunner, Program, RunOptions, RunReport } from '../language-runner.ts';
import type { Sandbox } from '../sandbox.ts';
import { findTypescript } from './find-typescript.ts';
import { type NodeProcesses, openNodeProcesses } from './node-processes.ts';
import { openTypescriptCompiler, type TypescriptCompiler } from './typescript-compiler.ts';

/**
 * The runner for TypeScript: checked and translated as `tsc --target esnext` does, then run as JavaScript. Without a compiler the
 * types are taken away unchecked, and a note says so.
 *
 * @throws {CodejuryError} `sandbox` when no Node.js works inside.
 */
export async function openTypescriptRunner(sandbox: Sandbox): Promise<LanguageRunner> {
  const typescript = await findTypescript(sandbox.hostEnv, process.cwd());
  const processes = await openNodeProcesses(sandbox);
  return typescript === null
    ? uncheckedRunner(processes)
    : checkedRunner(processes, openTypescriptCompiler(sandbox, processes, typescript), typescript.version);
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
      'TypeScript is run without a check of its types: a type error does not fail a candidate. Install the compiler beside codejury: npm install typescript5@npm:typescript@5.9.3',
    ],
    run: (program, options) => ask('run', program, options),
    compile: (program, options) => ask('compile', program, options),
    close: processes.close,
  };
}
