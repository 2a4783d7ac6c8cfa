import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Execution } from '../src/contracts/execution.ts';
import type { Task } from '../src/contracts/task.ts';
import { findJdk } from '../src/execute/java/find-jdk.ts';
import { findLibraries } from '../src/execute/java/find-libraries.ts';
import { type Executor, openExecutor } from '../src/execute/open-executor.ts';
import { openSandbox } from '../src/execute/sandbox/open-sandbox.ts';
import type { Sandbox } from '../src/execute/sandbox/sandbox.ts';
import { readRecords } from '../src/io/read-records.ts';
import { sampleCandidates } from '../src/pipeline/sample-candidates.ts';
import { makeProbes } from '../src/tasks/inspect/make-probes.ts';
import { readTasks } from '../src/tasks/read-tasks.ts';
import { readSamples } from '../src/tasks/samples/read-samples.ts';
import { createTaskIndex } from '../src/tasks/task-index.ts';
import { type PlainProgram, plainProgram } from './plain-program.ts';
import { type PlainWay, plainJava, plainPython, type Verdict } from './plain-way.ts';

// Executes programs twice, the plain way of benchmarks' own harnesses (a `javac` and a `java -ea`, or a `python3`, for each) and
// ours, and prints every disagreement. Both in the sandbox, the plain way in runs of its own.
//   node scripts/compare-with-plain.ts java|python [--limit N] [--seconds S] TASKS SAMPLES
// SAMPLES: a file of completions, `canonical` (the tasks' own solutions) or `throwing` (bodies that throw; MultiPL-E's Java).

type LanguageName = 'java' | 'python';

interface Program {
  readonly name: string;
  readonly plain: PlainProgram;
  readonly task: Task;
  readonly code: string;
}

interface Ways {
  readonly plain: (program: Program) => Promise<Verdict>;
  readonly ours: (program: Program, seed?: number) => Promise<Verdict>;
}

/** How often both ways are repeated where they disagree. */
const REPEATS = 3;

const USAGE =
  'node scripts/compare-with-plain.ts java|python [--limit N] [--seconds S] TASKS SAMPLES|canonical|throwing';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { limit: { type: 'string' }, seconds: { type: 'string', default: '10' } },
  });
  const [language, tasks, samples] = positionals;
  if ((language !== 'java' && language !== 'python') || tasks === undefined || samples === undefined) {
    throw new Error(`usage: ${USAGE}`);
  }
  const seconds = Number(values.seconds);
  const all = await load(language, tasks, samples);
  const programs = values.limit === undefined ? all : spread(all, Number(values.limit));
  const sandbox = await openSandbox('auto', process.env);
  const executor = openExecutor({ sandbox, limits: { wallTimeMs: seconds * 1000 } });
  const plainWay = await openPlain(language, sandbox, seconds);
  const ways: Ways = {
    plain: ({ plain }) => plainWay(plain),
    ours: async (program, seed) => verdictOf(await execute(executor, program, seed), language),
  };
  const counts = new Map<string, number>();
  const explanations = new Map<string, number>();
  const left = programs.values();
  let done = 0;
  const work = async () => {
    for (const program of left) {
      const [theirs, ours] = [await ways.plain(program), await ways.ours(program)];
      const verdict = theirs.result === ours.result ? `both ${ours.result}` : 'disagree';
      const isSame = verdict !== 'disagree' && theirs.reason === ours.reason;
      add(counts, isSame || verdict === 'disagree' ? verdict : `${verdict}, for other reasons`);
      if (!isSame) {
        const why = await explain(program, theirs, ours, ways);
        add(explanations, why);
        console.log(`${program.name}: ${why}\n  plain: ${told(theirs)}\n  ours:  ${told(ours)}`);
      }
      done += 1;
      if (done % 100 === 0) console.error(`${done} of ${programs.length}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  await executor.close();
  console.log(`${programs.length} programs: ${list(counts)}`);
  if (explanations.size > 0) console.log(`disagreements: ${list(explanations)}`);
}

async function load(language: LanguageName, tasksFile: string, samples: string): Promise<Program[]> {
  const tasks = await Array.fromAsync(readTasks(tasksFile));
  const records = await Array.fromAsync(readRecords(tasksFile), ({ value }) => value);
  if (tasks.length !== records.length) throw new Error(`${tasksFile}: expected a task a record`);
  const plainOf = (task: Task, completion: string | null) =>
    plainProgram(records[tasks.indexOf(task)] ?? {}, completion, language);
  if (samples === 'canonical' || samples === 'throwing') {
    return tasks.flatMap((task, index) => {
      const isCanonical = samples === 'canonical';
      const code = isCanonical
        ? task.canonical
        : makeProbes(task)?.find(({ kind }) => kind === 'throwing')?.code;
      const body = isCanonical ? String(records[index]?.canonical_solution) : null;
      return code == null ? [] : [{ name: task.id, plain: plainOf(task, body), task, code }];
    });
  }
  const index = createTaskIndex(tasks);
  const candidates = sampleCandidates(readSamples(samples, index), index, { clean: 'never' });
  return Array.fromAsync(candidates, ({ sample, task, code }) => ({
    name: `${task.id} sample ${sample.index}`,
    plain: plainOf(task, sample.text),
    task,
    code,
  }));
}

/** So many of them, from all of them. */
function spread<T>(all: readonly T[], limit: number): T[] {
  const step = Math.max(1, all.length / limit);
  return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

async function openPlain(language: LanguageName, sandbox: Sandbox, seconds: number): Promise<PlainWay> {
  return language === 'java'
    ? plainJava(sandbox, await findJdk(sandbox), await findLibraries(sandbox), seconds)
    : plainPython(sandbox, seconds);
}

function execute(executor: Executor, { task, code }: Program, seed = 0): Promise<Execution> {
  const candidate = { id: task.id, code };
  return executor.execute({ task, candidate, seed, signal: new AbortController().signal });
}

function verdictOf({ outcome, feedback }: Execution, language: LanguageName): Verdict {
  const evidence = `${outcome} ${feedback?.kind}, line ${feedback?.line}: ${feedback?.message}`
    .replace(/\s+/g, ' ')
    .slice(0, 240);
  if (outcome === 'passed' || outcome === 'timeout') return { result: outcome, reason: null, evidence };
  // Python's own harnesses do not tell a syntax error from any other.
  return outcome === 'compile-error' && language === 'java'
    ? { result: outcome, reason: null, evidence }
    : { result: 'failed', reason: feedback?.kind ?? null, evidence };
}

/** Why the two disagree, as far as that can be seen. */
async function explain(program: Program, theirs: Verdict, ours: Verdict, ways: Ways): Promise<string> {
  if (ours.evidence.startsWith('exited-early'))
    return 'it ends with exit code 0 before its tests are through';
  // Python: ours compiles candidate and tests apart. Plainly, a decorator at the candidate's end is that of the tests' function.
  if (ours.evidence.startsWith('compile-error') && theirs.result === 'failed' && !isSyntaxError(theirs)) {
    return `it does not stand alone: plain ${theirs.reason}, ours ${ours.reason}`;
  }
  const said = ({ result, reason }: Verdict) => reason ?? result;
  const plainSaid = new Set([said(theirs)]);
  const oursSaid = new Set([said(ours)]);
  for (let seed = 1; seed <= REPEATS; seed++) {
    plainSaid.add(said(await ways.plain(program)));
    oursSaid.add(said(await ways.ours(program, seed)));
  }
  const both = `plain ${[...plainSaid].join(' or ')}, ours ${[...oursSaid].join(' or ')}`;
  if (/StackOverflowError|RecursionError/.test(both)) return `the stacks differ: ${both}`;
  if (/MemoryError|\bmemory\b/.test(both)) return `the memory differs: ${both}`;
  if (/\btimeout\b/.test(both)) return `near the time limit: ${both}`;
  return `${plainSaid.size > 1 || oursSaid.size > 1 ? 'chance' : 'not explained'}: ${both}`;
}

function isSyntaxError({ reason }: Verdict): boolean {
  return ['SyntaxError', 'IndentationError', 'TabError'].includes(reason ?? '');
}

function told({ result, evidence }: Verdict): string {
  return result === 'passed' ? result : `${result}, ${evidence}`;
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join('; ');
}

await main();
