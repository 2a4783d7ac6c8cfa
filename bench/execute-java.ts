import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Task } from '../src/contracts/task.ts';
import { findJdk } from '../src/execute/java/find-jdk.ts';
import { findLibraries } from '../src/execute/java/find-libraries.ts';
import { programText } from '../src/execute/java/program-text.ts';
import { openExecutor } from '../src/execute/open-executor.ts';
import { openSandbox } from '../src/execute/sandbox/open-sandbox.ts';
import type { Sandbox } from '../src/execute/sandbox/sandbox.ts';
import { candidateOfCompletion } from '../src/tasks/candidate-of-completion.ts';
import { readTasks } from '../src/tasks/read-tasks.ts';
import { readSamples } from '../src/tasks/samples/read-samples.ts';
import { createTaskIndex } from '../src/tasks/task-index.ts';
import { cpuMs, endingQuietly } from './children-cpu.ts';

interface Program {
  readonly task: Task;
  readonly code: string;
}

interface Measured {
  readonly passed: readonly boolean[];
  readonly cpuMs: number;
  readonly wallMs: number;
}

const PROGRAMS = 120;
/** The plain way takes a second a program. */
const PLAIN_PROGRAMS = 40;
const TIMEOUT_MS = 5_000;
const DATA = fileURLToPath(new URL('../../shared/data/benchmarks/mbxp/', import.meta.url));

/** A class that the allow-list does not know makes a program run in a machine of its own. */
const UNLISTED = '\nclass Unlisted { static void yield_() { Thread.yield(); } }\n';

/**
 * Real Java programs (MBJP samples; without them the bundled tasks' own solutions), one after another: ours in the sandbox, once as
 * they are and once so that each needs a machine of its own, against `javac` and `java -ea` a program without a sandbox. CPU time
 * of everything, starts included. Targets: at least 20x and 6x, the same verdicts.
 */
export async function run(): Promise<void> {
  const sandbox = await openSandbox('auto', process.env);
  const [jdk, libraries] = [await findJdk(sandbox), await findLibraries(sandbox)];
  const programs = await load();
  const single = programs.map(({ task, code }) => ({ task: withUnlisted(task), code }));
  const shared = await runOurs(sandbox, programs);
  const alone = await runOurs(sandbox, single);
  const plain = runPlainly(jdk.home, libraries.classPath, programs.slice(0, PLAIN_PROGRAMS));
  const perProgram = (side: Measured) => side.cpuMs / side.passed.length;
  for (const [name, side, target] of [
    ['shared machine', shared, '20x'],
    ['machine of its own', alone, '6x'],
  ] as const) {
    const differing = plain.passed.filter((passed, index) => passed !== side.passed[index]).length;
    console.log(
      `${name}: ${perProgram(side).toFixed(0)} ms CPU, ${(side.wallMs / side.passed.length).toFixed(0)} ms wall a program (${side.passed.length}); ${(perProgram(plain) / perProgram(side)).toFixed(1)}x the programs per CPU second (target ${target}); ${differing} verdicts differ`,
    );
  }
  console.log(
    `plain: ${perProgram(plain).toFixed(0)} ms CPU, ${(plain.wallMs / plain.passed.length).toFixed(0)} ms wall a program (${plain.passed.length})`,
  );
}

async function load(): Promise<Program[]> {
  if (!existsSync(DATA)) {
    const tasks = await Array.fromAsync(readTasks('bundled:java'));
    return tasks.map((task) => ({ task, code: task.canonical ?? '' }));
  }
  const index = createTaskIndex(await Array.fromAsync(readTasks(join(DATA, 'mbjp_release_v1.jsonl.gz'))));
  const programs: Program[] = [];
  for await (const { taskId, text } of readSamples(join(DATA, 'mbjp_samples.jsonl.gz'), index)) {
    const task = index.get(taskId);
    if (task !== null) programs.push({ task, code: candidateOfCompletion(task, text) });
  }
  return programs.filter((_, position) => position % Math.floor(programs.length / PROGRAMS) === 0);
}

function withUnlisted(task: Task): Task {
  const { before, after } = task.tests ?? { before: '', after: '' };
  return { ...task, tests: { before, after: after + UNLISTED } };
}

async function runOurs(sandbox: Sandbox, programs: readonly Program[]): Promise<Measured> {
  const [startedAtMs, cpuBefore] = [performance.now(), cpuMs()];
  const executor = openExecutor({ sandbox: endingQuietly(sandbox), limits: { wallTimeMs: TIMEOUT_MS } });
  const passed: boolean[] = [];
  for (const { task, code } of programs) {
    const { outcome } = await executor.execute({
      // Nobody asks the plain way why a test failed.
      task: { ...task, entryPoint: null },
      candidate: { id: task.id, code },
      signal: new AbortController().signal,
    });
    passed.push(outcome === 'passed');
  }
  await executor.close();
  return { passed, cpuMs: cpuMs() - cpuBefore, wallMs: performance.now() - startedAtMs };
}

function runPlainly(home: string, classPath: string, programs: readonly Program[]): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'codejury-plain-'));
  try {
    const [startedAtMs, cpuBefore] = [performance.now(), cpuMs()];
    const passed = programs.map(({ task, code }, index) => {
      const classes = join(folder, String(index));
      mkdirSync(classes);
      const text = programText({ code, tests: task.tests ?? { before: '', after: '' } });
      const file = join(classes, text.fileName);
      writeFileSync(file, text.source);
      const path = `${classes}:${classPath}`;
      const compiled = spawnSync(join(home, 'bin/javac'), [
        '-encoding',
        'UTF8',
        '-cp',
        path,
        '-d',
        classes,
        file,
      ]);
      if (compiled.status !== 0) return false;
      const options = { timeout: TIMEOUT_MS, killSignal: 'SIGKILL' as const };
      return (
        spawnSync(join(home, 'bin/java'), ['-ea', '-cp', path, mainOf(text.source)], options).status === 0
      );
    });
    return { passed, cpuMs: cpuMs() - cpuBefore, wallMs: performance.now() - startedAtMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The classes with a main that benchmarks use. */
function mainOf(source: string): string {
  return /\bclass Main\b/.test(source) ? 'Main' : 'Problem';
}
