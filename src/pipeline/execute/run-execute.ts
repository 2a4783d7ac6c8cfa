import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExecuteSummary } from '../../contracts/execute-summary.ts';
import type { ExecutedCandidate } from '../../contracts/executed-candidate.ts';
import { meanPassAtK } from '../../evaluate/pass-at-k.ts';
import { hashFile } from '../../io/hash-file.ts';
import { requireFolderOf } from '../../io/require-folder-of.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import type { CandidateTable } from '../../store/candidate-table.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { hashJson } from '../../util/hash.ts';
import { describeFeedback } from '../describe-feedback.ts';
import { generatorsDigest } from './candidate-source.ts';
import { type CandidateRunOptions, executeCandidates } from './execute-candidates.ts';
import { openRunJournal, type RunJournal } from './run-journal.ts';

export interface RunExecuteOptions extends CandidateRunOptions {
  /** The JSON-lines file to write. */
  readonly out: string;
  readonly resume: boolean;
  /** A file that gets a line for each run that is started, before it is; null = none. */
  readonly startLog: string | null;
}

/** Ways to fail that a summary names. */
const FAULTS = 8;

/**
 * Executes the distinct candidates of a source against the tests of their tasks and writes one line for each, in the order of
 * their first sample.
 *
 * @throws {CodejuryError} as executeCandidates.
 */
export async function runExecute(options: RunExecuteOptions): Promise<ExecuteSummary> {
  const startedAtMs = performance.now();
  await requireFolderOf('--out', options.out);
  const notices = new Set<string>();
  const onNotice = (text: string) => {
    notices.add(text);
    options.onNotice(text);
  };
  let journal: RunJournal | null = null;
  const onCollected = async (index: TaskIndex) => {
    journal = await openRunJournal({ ...options, inputs: await inputsOf(options, index), onNotice });
  };
  return executeCandidates(
    { ...options, clean: 'chat', needTests: true, onNotice, onCollected },
    async ({ table, index, executed, reused, failedReferences }) => {
      await writeLinesAtomically(options.out, linesOf(table));
      journal?.close();
      if (failedReferences.length > 0) {
        onNotice(
          `tasks whose own solution does not pass: ${failedReferences.length}, for example ${failedReferences.slice(0, 3).join(', ')}; \`codejury tasks inspect\` says why`,
        );
      }
      const summary = summaryOf(table, index);
      const unexecuted = summary.outcomes.find(({ outcome }) => outcome === 'sandbox-error');
      if (unexecuted !== undefined) {
        const example = summary.faults.find(({ outcome }) => outcome === 'sandbox-error')?.example;
        onNotice(
          `no pass@k, since ${unexecuted.candidates} candidates could not be executed${example === undefined ? '' : `: ${describeFeedback(example.feedback)}`}`,
        );
      }
      return {
        ...summary,
        passAtK: unexecuted === undefined ? summary.passAtK : [],
        out: options.out,
        executed,
        reused,
        failedReferences,
        notices: [...notices],
        durationMs: performance.now() - startedAtMs,
      };
    },
  );
}

/** What decides the result of a run: the tasks as they were read, whatever names them, the files, the settings. */
async function inputsOf(
  { source, limits, exclude }: RunExecuteOptions,
  { tasks }: TaskIndex,
): Promise<Record<string, string>> {
  return {
    tasks: hashJson(tasks.map(hashJson)),
    ...(source.kind === 'samples'
      ? { samples: hashJson(await Promise.all(source.paths.map(digestOf))) }
      : { generators: generatorsDigest(source) }),
    exclusions: exclude === null ? 'none' : await digestOf(exclude),
    limits: hashJson(limits),
  };
}

/** Of a file, or of the files in a folder. */
async function digestOf(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return hashFile(path);
  const names = (await readdir(path)).sort();
  return hashJson(await Promise.all(names.map(async (name) => [name, await digestOf(join(path, name))])));
}

function* linesOf(table: CandidateTable): Generator<string> {
  for (const { given: _given, ...row } of table.rows()) {
    yield JSON.stringify(row satisfies ExecutedCandidate);
  }
}

function summaryOf(table: CandidateTable, index: TaskIndex) {
  const byTask = table.byTask();
  return {
    tasks: index.tasks.length,
    tasksWithoutSamples: index.tasks.length - byTask.length,
    samples: table.samples,
    candidates: table.candidates,
    outcomes: table.byOutcome(),
    faults: table
      .byFault(FAULTS)
      .flatMap(({ example: { taskId, candidateId, feedback }, ...fault }) =>
        feedback === null ? [] : [{ ...fault, example: { taskId, candidateId, feedback } }],
      ),
    passAtK: meanPassAtK(byTask),
  };
}
