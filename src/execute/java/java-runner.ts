import type { LanguageRunner, Program, RunOptions, RunReport } from '../language-runner.ts';
import { resourceFiles } from '../resource-files.ts';
import type { Sandbox } from '../sandbox.ts';
import { isAllowed } from './allow-list.ts';
import { buildRunnerJar } from './build-runner-jar.ts';
import { findJdk } from './find-jdk.ts';
import { findLibraries } from './find-libraries.ts';
import { type Compiled, openJavaCompiler } from './java-compiler.ts';
import { compileReport, runReport } from './java-report.ts';
import { type ProgramText, programText } from './program-text.ts';
import { type JavaProgram, openJavaMachines } from './run-classes.ts';

/**
 * The runner for Java: a warm compiler, a shared machine for programs that can do no harm in it, and machines of their own, started
 * ahead, for all others. Assertions are on.
 *
 * @throws {CodejuryError} `sandbox` when no JDK works inside.
 */
export async function openJavaRunner(sandbox: Sandbox): Promise<LanguageRunner> {
  const jdk = await findJdk(sandbox);
  const [jar, libraries] = await Promise.all([
    buildRunnerJar(jdk, sandbox.hostEnv),
    findLibraries(sandbox.hostEnv),
  ]);
  const setup = { jdk, jar, libraries };
  const compiler = openJavaCompiler(sandbox, setup);
  const machines = openJavaMachines(sandbox, setup);
  return {
    language: 'java',
    fingerprint: `java ${jdk.version} libraries ${libraries.digest?.slice(0, 12) ?? 'none'} runner ${jar.digest.slice(0, 12)}`,
    run: async (program, options) => {
      const text = programText(program);
      const compiled = await compiler.compile(text, options.signal);
      if (compiled.kind !== 'classes') return compileReport(compiled, text);
      const runnable = javaProgram(compiled, text, program, options);
      if (runnable === null) return withoutMain();
      return runReport(await machines.run(runnable, options), text, options);
    },
    compile: async (program, options) => {
      const text = programText(program);
      const compiled = await compiler.compile(text, options.signal);
      return compiled.kind === 'classes' ? COMPILED : compileReport(compiled, text);
    },
    close: async () => {
      await Promise.all([compiler.close(), machines.close()]);
    },
  };
}

const COMPILED: RunReport = { outcome: 'passed', feedback: null, durationMs: 0 };

/** Null when nothing but the candidate has a main: running that would test nothing. */
function javaProgram(
  { mains, classes }: Extract<Compiled, { kind: 'classes' }>,
  text: ProgramText,
  { task }: Program,
  { limits }: RunOptions,
): JavaProgram | null {
  const main =
    mains.find(({ offset }) => text.isInTests(offset)) ??
    mains.find(({ offset }) => text.ownLine(text.lineAt(offset)) === null);
  if (main === undefined) return null;
  const files = resourceFiles(task, limits).map(([path, content]) => ({ path, content, writable: true }));
  return { mainClass: main.className, classes, isAllowed: isAllowed(classes), files };
}

function withoutMain(): RunReport {
  return {
    outcome: 'compile-error',
    feedback: {
      kind: 'no-main',
      line: null,
      message: 'the tests have no main',
      input: null,
      expected: null,
      actual: null,
    },
    durationMs: 0,
  };
}
