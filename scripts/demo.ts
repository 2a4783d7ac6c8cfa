/**
 * `npm run demo`: a team (the embedded model as generator, and the judge that was made of it) tries ten bundled tasks
 * on this machine, none of which the judge was trained on, and the tasks' tests, run in the sandbox, say how it did. Of the tasks that are meant for very small
 * models (their authors said so before any model saw them) it takes those whose ids have the lowest hashes, so nobody
 * picked the ones that work.
 */

import { onInterrupt } from '../src/cli/interrupt.ts';
import { downloadStatus } from '../src/cli/render/download-status.ts';
import { openProgress } from '../src/cli/render/progress-line.ts';
import { plural, renderTable } from '../src/cli/render/table.ts';
import { showError } from '../src/cli/show-error.ts';
import type { SolveResult } from '../src/contracts/solve-result.ts';
import type { Task } from '../src/contracts/task.ts';
import { CodejuryError } from '../src/errors.ts';
import { type Executor, openExecutor } from '../src/execute/open-executor.ts';
import { openSandbox } from '../src/execute/sandbox/open-sandbox.ts';
import { openModelOpener } from '../src/pipeline/open-model.ts';
import { openTeam } from '../src/pipeline/open-team.ts';
import { readTeam } from '../src/pipeline/read-team.ts';
import { solveTask } from '../src/pipeline/solve-task.ts';
import { pickRandom } from '../src/select/pick-random.ts';
import { randomExpectation } from '../src/select/random-expectation.ts';
import { noResultCache } from '../src/store/result-cache.ts';
import { listBundledTasks } from '../src/tasks/bundled-tasks.ts';
import { hashParts, hashSeed } from '../src/util/hash.ts';
import { seededRandom } from '../src/util/random.ts';

const TASKS = 10;
const SAMPLES = 6;
const MAX_TOKENS = 256;
/** Between the author's 0.2, at which all samples are alike, and the team's default of 1, too wild for 135M. */
const TEMPERATURE = 0.6;
const SEED = 1;
const JUDGE = 'bundled:smollm2-135m-python';

/** What the tests said of one task's samples. */
interface TaskOutcome {
  readonly chosenPasses: boolean;
  /** One entry a sample, rejected ones count as failures. */
  readonly samplePasses: readonly boolean[];
}

async function demo(signal: AbortSignal): Promise<void> {
  const tasks = (await listBundledTasks())
    .filter(({ language, metadata }) => language === 'python' && metadata.smallModel === true)
    .toSorted((a, b) => (hashParts(a.id) < hashParts(b.id) ? -1 : 1))
    .slice(0, TASKS);
  const executor = await tryExecutor();
  const progress = openProgress();
  const opener = openModelOpener({
    env: process.env,
    offline: false,
    signal,
    onDownload: (name, event) => progress.status(downloadStatus(name, event)),
    onNotice: (text) => progress.note(text),
  });
  const outcomes: TaskOutcome[] = [];
  try {
    const source = await readTeam(null, {
      team: {
        generator: { samples: SAMPLES, maxTokens: MAX_TOKENS, temperature: TEMPERATURE },
        judges: [{ profile: JUDGE }],
      },
    });
    const team = await openTeam(source, opener);
    console.log(
      `Team: ${team.writer.model.name} writes ${SAMPLES} samples a task at temperature ${team.writer.settings.temperature}, ${team.judges.map((judge) => judge.name).join(', ')} judges them.\n`,
    );
    for (const [index, task] of tasks.entries()) {
      if (process.stderr.isTTY) {
        progress.status(`task ${index + 1} of ${tasks.length}: ${task.id}`);
      }
      const result = await solveTask(task, team, {
        seed: SEED,
        cache: noResultCache,
        executor: null,
        signal,
      });
      const outcome = executor === null ? null : await runTests(task, result, executor, signal);
      progress.done();
      console.log(describe(index, result, outcome));
      if (outcome !== null) {
        outcomes.push(outcome);
      }
    }
  } finally {
    progress.done();
    await opener.dispose();
    await executor?.close();
  }
  if (executor !== null) {
    summarise(tasks, outcomes);
  }
}

async function tryExecutor(): Promise<Executor | null> {
  try {
    return openExecutor({ sandbox: await openSandbox('auto', process.env) });
  } catch (error) {
    showError(error, false);
    console.error('The team works without it, but nobody can say whether its code is right.\n');
    return null;
  }
}

async function runTests(
  task: Task,
  result: SolveResult,
  executor: Executor,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  const samplePasses: boolean[] = Array(SAMPLES).fill(false);
  let chosenPasses = false;
  for (const candidate of result.candidates) {
    if (candidate.rejected !== null) {
      continue;
    }
    const { outcome } = await executor.execute({ task, candidate, signal });
    for (const sample of candidate.samples) {
      samplePasses[sample] = outcome === 'passed';
    }
    chosenPasses ||= outcome === 'passed' && candidate.id === result.selected?.candidateId;
  }
  return { chosenPasses, samplePasses };
}

function describe(index: number, result: SolveResult, outcome: TaskOutcome | null): string {
  const { task, selected, candidates, trace } = result;
  const seconds = (trace.durationsMs.total / 1000).toFixed(1);
  const verdict =
    outcome === null ? 'tests not run' : outcome.chosenPasses ? 'PASSES its tests' : 'fails its tests';
  const passing =
    outcome === null ? '' : `, ${outcome.samplePasses.filter(Boolean).length} of ${SAMPLES} samples pass`;
  const judged = candidates.filter(({ rejected }) => rejected === null).length;
  const head = `${index + 1}. ${task.id}  (${plural(judged, 'distinct candidate')} of ${SAMPLES} samples${passing}, ${seconds} s)`;
  if (selected === null) {
    return `${head}\n   nothing usable was written\n`;
  }
  const score = selected.score === null ? 'no valid verdict' : `score ${selected.score.toFixed(3)}`;
  const tie = selected.tieBrokenBy === null ? '' : `, tie decided by ${selected.tieBrokenBy}`;
  const code = selected.code
    .split('\n')
    .map((line) => `     ${line}`)
    .join('\n');
  return `${head}\n   chosen with ${score}${tie}: ${verdict}\n${code}\n`;
}

function summarise(tasks: readonly Task[], outcomes: readonly TaskOutcome[]): void {
  const random = seededRandom(hashSeed(SEED, 'random sample'));
  const count = (test: (outcome: TaskOutcome) => boolean) => outcomes.filter(test).length;
  const solved = count((outcome) => outcome.chosenPasses);
  const single = count((outcome) => pickRandom(outcome.samplePasses, random) === true);
  const oracle = count((outcome) => outcome.samplePasses.includes(true));
  const expected = outcomes.reduce(
    (sum, { samplePasses }) => sum + (randomExpectation(samplePasses) ?? 0),
    0,
  );
  console.log(
    renderTable(
      ['', `of ${tasks.length} tasks`],
      [
        ['the team', `solved ${solved} of ${tasks.length}`],
        ['one random sample', `${single} of ${tasks.length} (expected ${expected.toFixed(2)})`],
        ['oracle (any sample passes)', `${oracle} of ${tasks.length}`],
      ],
    ),
  );
  console.log(
    '\nA 135M model is a weak writer and, trained, a useful judge of what it writes; these are its honest numbers on this machine.',
  );
}

const interrupt = onInterrupt();
try {
  await demo(interrupt.signal);
} catch (error) {
  if (!interrupt.signal.aborted) {
    showError(error, false);
  }
  process.exitCode = interrupt.signal.aborted ? 130 : error instanceof CodejuryError ? 1 : 70;
} finally {
  interrupt.dispose();
}
