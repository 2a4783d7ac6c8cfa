import { randomBytes } from 'node:crypto';
import type { Feedback } from '../../contracts/execution.ts';
import type { LanguageRunner, Program, RunOptions, RunReport } from '../language-runner.ts';
import { resourceFiles } from '../resource-files.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { buildRunnerJar } from './build-runner-jar.ts';
import { failingTest } from './failing-test.ts';
import { findJdk } from './find-jdk.ts';
import { checkLibraries, findLibraries, GET_JAVATUPLES } from './find-libraries.ts';
import { isHarmless } from './is-harmless.ts';
import { type Compiled, openJavaCompiler } from './java-compiler.ts';
import { compileReport, isTestFailure, runReport } from './java-report.ts';
import { type ProgramText, programText } from './program-text.ts';
import { inOneText, openProjectPlaces, type ProjectPlace } from './project-program.ts';
import { type JavaProgram, openJavaMachines, type Thrown } from './run-classes.ts';

/**
 * The runner for Java: a warm compiler, a shared machine for programs that can do no harm in it, and machines of their own, started
 * ahead, for all others. Assertions are on.
 *
 * @throws {CodejuryError} `sandbox` when no JDK works inside.
 */
export async function openJavaRunner(sandbox: Sandbox): Promise<LanguageRunner> {
  const jdk = await findJdk(sandbox);
  const [jar, libraries] = await Promise.all([buildRunnerJar(jdk, sandbox), findLibraries(sandbox)]);
  const setup = { jdk, jar, libraries };
  const compiler = openJavaCompiler(sandbox, setup);
  const machines = openJavaMachines(sandbox, setup);
  const placeOf = openProjectPlaces(sandbox);
  /** The feedback with what the failing test called, expected and got; as it is where that cannot be found out. */
  const withValues = async (
    feedback: Feedback,
    thrown: Thrown,
    text: ProgramText,
    program: Program,
    options: RunOptions,
  ): Promise<Feedback> => {
    const place = thrown.frames.find(({ line }) => text.ownLine(line) === null);
    if (place === undefined) return feedback;
    const token = `<${randomBytes(8).toString('hex')}>`;
    const { input, probe } = failingTest(text, place.line, program.task.entryPoint, token);
    if (probe === null || !isTestFailure(thrown, text)) return { ...feedback, input };
    const limits = { ...options.limits, wallTimeMs: Math.min(PROBE_LIMIT_MS, options.limits.wallTimeMs) };
    const compiled = await compiler.compile({ ...text, source: probe.source }, options.signal);
    const again = compiled.kind === 'classes' ? javaProgram(compiled, text, program, options) : null;
    const end = again === null ? null : await machines.run(again, { ...options, limits });
    const said = end?.kind === 'thrown' ? probe.read(end.thrown.messages[0] ?? '') : null;
    return { ...feedback, ...(said ?? { input }) };
  };
  /** The file with the candidate and the test main are compiled, the rest of the project is taken as it is found. */
  const runInProject = async (place: ProjectPlace, text: ProgramText, options: RunOptions) => {
    const compiled = await compiler.compile({ ...text, ...place.request }, options.signal);
    if (compiled.kind !== 'classes') return compileReport(compiled, text);
    const { mainClass, project } = place;
    const program = { mainClass, project, classes: compiled.classes, isHarmless: false, files: [] };
    const end = await machines.run(program, options);
    return runReport(inOneText(end, place), text, options);
  };
  return {
    language: 'java',
    fingerprint: `java ${jdk.version} libraries ${libraries.digest?.slice(0, 12) ?? 'none'} runner ${jar.digest.slice(0, 12)}`,
    run: async (program, options) => {
      const text = programText(program);
      const place = await placeOf(program.task);
      if (place !== null) return runInProject(place, text, options);
      checkLibraries(program, libraries);
      const compiled = await compiler.compile(text, options.signal);
      if (compiled.kind !== 'classes') return compileReport(compiled, text);
      const runnable = javaProgram(compiled, text, program, options);
      if (runnable === null) return withoutMain();
      const end = await machines.run(runnable, options);
      const report = runReport(end, text, options);
      return end.kind === 'thrown' && report.feedback !== null
        ? { ...report, feedback: await withValues(report.feedback, end.thrown, text, program, options) }
        : report;
    },
    compile: async (program, options) => {
      const text = programText(program);
      const place = await placeOf(program.task);
      if (place === null) checkLibraries(program, libraries);
      const compiled = await compiler.compile({ ...text, ...place?.request }, options.signal);
      return compiled.kind === 'classes' ? COMPILED : compileReport(compiled, text);
    },
    describe: async () =>
      libraries.hasJavatuples
        ? { detail: `JDK ${jdk.version}, javatuples`, hint: null }
        : {
            detail: `JDK ${jdk.version}, no javatuples: no program of MultiPL-E compiles`,
            hint: GET_JAVATUPLES,
          },
    close: async () => {
      await Promise.all([compiler.close(), machines.close()]);
    },
  };
}

/** Milliseconds that running a failing test again may take. */
const PROBE_LIMIT_MS = 5_000;

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
  return { mainClass: main.className, classes, isHarmless: isHarmless(classes), files, project: null };
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
