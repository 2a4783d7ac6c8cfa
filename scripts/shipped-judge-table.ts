import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ExecutedCandidate } from '../src/contracts/executed-candidate.ts';
import {
  type Estimate,
  type EvaluateResult,
  type JudgeMetrics,
  METRIC_NAMES,
} from '../src/contracts/judge-evaluation.ts';
import type { RankResult } from '../src/contracts/rank-result.ts';
import type { Selection } from '../src/contracts/selection.ts';
import { readJsonLines, toJsonLines } from './json-lines.ts';

// What the shipped judge is worth on tasks of one part of its dataset: agreement with the tests, and pass@1 when it chooses among ten
// samples, beside chance, likelihood, the shallow model and the oracle; 95 % intervals by bootstrap over tasks.
//   node scripts/shipped-judge-table.ts --data FOLDER --codegen FILE --split validation|test [--profile FOLDER] [--ranker NAME ...]
// FOLDER is what scripts/shipped-judge-data.ts made; FILE what `codejury execute` wrote for CodeGen-16B's samples. What is computed stays
// in FOLDER/table.

const OWN_SAMPLES = 'judges/samples/smollm2-135m-python.jsonl.gz';
const RANKERS = ['random', 'multiplicity', 'log-likelihood', 'shallow'];

/** Numbers of right samples, from and to. */
const DIFFICULTIES = [
  [0, 0],
  [1, 1],
  [2, 3],
  [4, 7],
  [8, Number.POSITIVE_INFINITY],
] as const;

interface DatasetTask {
  readonly split: string;
  readonly task: { readonly id: string };
}

/** Tasks and samples of one kind, as files. */
interface Part {
  readonly name: string;
  readonly folder: string;
  readonly tasks: string;
  readonly samples: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      codegen: { type: 'string' },
      split: { type: 'string', default: 'validation' },
      profile: { type: 'string', default: 'judges/smollm2-135m-python' },
      ranker: { type: 'string', multiple: true, default: [] },
    },
  });
  const { data, codegen, split, profile, ranker } = values;
  if (data === undefined || codegen === undefined) {
    console.error('node scripts/shipped-judge-table.ts --data FOLDER --codegen FILE --split validation|test');
    process.exitCode = 2;
    return;
  }
  const dataset = join(data, 'all');
  const lines = [
    ...readJsonLines<ExecutedCandidate>(OWN_SAMPLES),
    ...readJsonLines<ExecutedCandidate>(codegen),
  ];
  const ofSplit = readJsonLines<DatasetTask>(join(dataset, 'tasks.jsonl')).filter(
    (task) => task.split === split,
  );
  const isOwn = ({ task }: DatasetTask) => task.id.startsWith('judge-data/');
  const sampled = new Set(lines.map(({ taskId }) => taskId));
  const kinds: [string, DatasetTask[]][] = [
    ["SmolLM2-135M's samples, own tasks", ofSplit.filter(isOwn)],
    ["CodeGen-16B's samples, HumanEval", ofSplit.filter((task) => !isOwn(task) && sampled.has(task.task.id))],
  ];
  console.log(`Tasks of ${split}.`);
  for (const [index, [name, tasks]] of kinds.entries()) {
    if (tasks.length === 0) continue;
    const part = await writePart(join(data, 'table', `${split}-${index}`), name, tasks, lines);
    measure(part, dataset, profile);
    rank(part, dataset, profile, [...RANKERS, ...ranker]);
  }
}

/** The files of a part, its samples numbered anew. */
async function writePart(
  folder: string,
  name: string,
  tasks: readonly DatasetTask[],
  lines: readonly ExecutedCandidate[],
): Promise<Part> {
  await mkdir(folder, { recursive: true });
  const wanted = new Set(tasks.map(({ task }) => task.id));
  const kept = lines.filter(({ taskId }) => wanted.has(taskId));
  const numbers = kept.flatMap(({ taskId, samples }) => samples.map((sample) => ({ taskId, sample })));
  const order = Map.groupBy(numbers, ({ taskId }) => taskId);
  let next = 0;
  const renumbered = new Map<string, number>();
  for (const group of order.values()) {
    for (const { taskId, sample } of group.sort((a, b) => a.sample - b.sample)) {
      renumbered.set(`${taskId} ${sample}`, next++);
    }
  }
  const again = kept.map((line) => ({
    ...line,
    samples: line.samples.map((sample) => renumbered.get(`${line.taskId} ${sample}`)),
  }));
  const part = { name, folder, tasks: join(folder, 'tasks.jsonl'), samples: join(folder, 'samples.jsonl') };
  await writeFile(part.tasks, toJsonLines(tasks.map(({ task }) => task)));
  await writeFile(part.samples, toJsonLines(again));
  return part;
}

function measure({ name, folder, tasks, samples }: Part, dataset: string, profile: string): void {
  const verdicts = join(folder, 'verdicts.jsonl');
  codejury([
    'judge',
    '--profile',
    profile,
    '--tasks',
    tasks,
    '--candidates',
    samples,
    '--out',
    verdicts,
    '--quiet',
  ]);
  const args = [
    'evaluate',
    '--verdicts',
    verdicts,
    '--labels',
    dataset,
    '--profile',
    profile,
    '--quiet',
    '--json',
  ];
  const { judges } = JSON.parse(codejury(args)) as EvaluateResult;
  for (const { metrics } of judges) {
    const count = (key: keyof JudgeMetrics) => metrics[key].value;
    console.log(`\n## ${name}\n`);
    console.log(
      `${count('tasks')} tasks, ${count('tasksWithBothLabels')} of them with both labels; ${count('candidates')} candidates, ${count('positives')} correct, ${count('invalid')} without a valid answer.\n`,
    );
    console.log('| | value | 95 % interval |\n| --- | --- | --- |');
    for (const [key, shown] of Object.entries(METRIC_NAMES)) {
      const estimate = metrics[key as keyof JudgeMetrics];
      console.log(`| ${shown} | ${decimal(estimate.value)} | ${interval(estimate)} |`);
    }
  }
}

function rank(
  { folder, tasks, samples }: Part,
  dataset: string,
  profile: string,
  rankers: readonly string[],
): void {
  const args = ['rank', '--tasks', tasks, '--samples', samples, '--labels', samples, '--train', dataset];
  const named = [...rankers, `judge:${profile}`].flatMap((name) => ['--ranker', name]);
  const fixed = [
    '--generator',
    'smollm2-135m',
    '--n',
    '10',
    '--repetitions',
    '10',
    '--seed',
    '1',
    '--quiet',
    '--json',
  ];
  const result = JSON.parse(
    codejury([...args, ...named, ...fixed, '--out', join(folder, 'selections.jsonl')]),
  ) as RankResult;
  console.log('\n| best of 10 by | pass@1 | 95 % interval | judge minus this | p (clustered by task) |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const { name, passAt1 } of result.rows) {
    const against = result.comparisons.find(
      (entry) => entry.baseline === name && entry.ranker.startsWith('judge'),
    );
    const difference =
      against === undefined ? '' : `${decimal(against.difference.value)} (${interval(against.difference)})`;
    const p = against?.pValue == null ? '' : against.pValue.toFixed(4);
    console.log(`| ${name} | ${decimal(passAt1.value)} | ${interval(passAt1)} | ${difference} | ${p} |`);
  }
  for (const notice of result.notices) console.log(`\n${notice}`);
  byDifficulty(folder, samples, result);
}

/** What is chosen where few and where many of a task's samples are right. */
function byDifficulty(folder: string, samples: string, { rows }: RankResult): void {
  const outcomes = new Map<number, boolean>();
  const right = new Map<string, number>();
  for (const line of readJsonLines<ExecutedCandidate>(samples)) {
    const passed = line.outcome === 'passed';
    for (const sample of line.samples) outcomes.set(sample, passed);
    right.set(line.taskId, (right.get(line.taskId) ?? 0) + (passed ? line.samples.length : 0));
  }
  const chosen = readJsonLines<Selection>(join(folder, 'selections.jsonl'));
  const rankers = rows.map(({ name }) => name).filter((name) => chosen.some(({ ranker }) => ranker === name));
  console.log(`\n| right samples of a task | tasks | ${rankers.join(' | ')} |`);
  console.log(`| --- | --- |${' --- |'.repeat(rankers.length)}`);
  for (const [low, high] of DIFFICULTIES) {
    const tasks = new Set([...right].filter(([, count]) => count >= low && count <= high).map(([id]) => id));
    const shares = rankers.map((name) => {
      const of = chosen.filter(({ ranker, taskId }) => ranker === name && tasks.has(taskId));
      const hits = of.filter(({ sample }) => sample !== null && outcomes.get(sample) === true);
      return decimal(of.length === 0 ? null : hits.length / of.length);
    });
    const span =
      high === Number.POSITIVE_INFINITY ? `${low} or more` : low === high ? low : `${low} to ${high}`;
    console.log(`| ${span} | ${tasks.size} | ${shares.join(' | ')} |`);
  }
}

function codejury(args: readonly string[]): string {
  return execFileSync(process.execPath, ['src/cli/main.ts', ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const decimal = (value: number | null | undefined) => (value == null ? '-' : value.toFixed(3));
const interval = ({ low, high }: Estimate) => `${decimal(low)} to ${decimal(high)}`;

await main();
