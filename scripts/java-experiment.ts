import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EvaluateResult, JudgeMetrics } from '../src/contracts/judge-evaluation.ts';
import type { JudgedLine } from '../src/contracts/judge-many-result.ts';
import type { JudgeProfile } from '../src/contracts/judge-profile.ts';
import { createClassCap } from '../src/dataset/class-cap.ts';
import { hashParts } from '../src/util/hash.ts';
import { plattScale } from '../src/util/platt-scale.ts';
import { groupProblems } from '../src/util/problem-groups.ts';
import { readJsonLines, toJsonLines } from './json-lines.ts';

// A judge for Java on CoderEval's candidates, beside the published answers of eight models about the same rows. An experiment on
// one's own machine: the data has no licence, so neither it nor what is trained on it is part of the project.
//   node scripts/java-experiment.ts --train CANDIDATES.jsonl.gz --judged JUDGED.jsonl.gz --work FOLDER
//     [--method probe|lora] [--cap 4] [--folds 3] [--by task|project]
// CANDIDATES: task_id, project, description, signature, candidate, passed, unreliable_test, label_conflict a line. JUDGED: the same without
// the last two, and generator, code_level, ratings ({model: 0, 1 or null}). Whoever judges a row saw nothing of its task (or of its project):
// tasks are in folds, and a fold's rows are judged by what was trained on the others. Started again, it goes on where it stopped.

/** The longest of the rows that are judged; longer ones teach nothing about them, and take their time. */
const MOST_CHARACTERS = 2220;

const HUMAN = 'human_written';

/** Those whose label can be told from what is shown: no other code of their project is called. */
const STANDALONE = ['self_contained', 'slib_runnable'];

const METHODS: Readonly<Record<string, string>> = {
  probe: '--method probe --features states',
  lora: '--method lora --head probe --layers 10 --cache-lower-layers --pairwise 1 --rank 8 --learning-rate 1e-3 --batch-size 32 --epochs 3',
};
const COMMON = '--model smollm2-135m --probe-layers 20 --layout compact --prompt-kind text --seed 1 --quiet';

interface Row {
  readonly task_id: string;
  readonly project: string;
  readonly description: string;
  readonly signature: string;
  readonly candidate: string;
  readonly passed: boolean | null;
}

interface TrainingRow extends Row {
  readonly unreliable_test: boolean;
  readonly label_conflict: boolean;
}

interface JudgedRow extends Row {
  readonly generator: string;
  readonly code_level: string;
  readonly ratings: Readonly<Record<string, 0 | 1 | null>>;
}

/** What `codejury evaluate` measures: a judge's answer to a row, which its number names. */
interface Answer {
  readonly taskId: string;
  readonly candidateId: string;
  readonly judge: string;
  readonly label: 0 | 1 | null;
  readonly probabilityCorrect: number | null;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      train: { type: 'string' },
      judged: { type: 'string' },
      work: { type: 'string' },
      method: { type: 'string', default: 'probe' },
      cap: { type: 'string', default: '4' },
      folds: { type: 'string', default: '3' },
      by: { type: 'string', default: 'task' },
    },
  });
  const { train, judged, work, method, by } = values;
  const [most, folds] = [Number(values.cap), Number(values.folds)];
  const settings = METHODS[method];
  const isComplete = settings !== undefined && ['task', 'project'].includes(by);
  if (train === undefined || judged === undefined || work === undefined || !isComplete) {
    console.error(
      'node scripts/java-experiment.ts --train FILE --judged FILE --work FOLDER [--method probe|lora] [--cap N] [--folds N] [--by task|project]',
    );
    process.exitCode = 2;
    return;
  }
  const rows = readJsonLines<JudgedRow>(judged);
  const development = cap(usable(readJsonLines<TrainingRow>(train)), most);
  const foldOf = divide([...development, ...rows], folds, by === 'project');
  const answers: Answer[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const folder = join(work, `cap-${most}-${by}-${fold}-of-${folds}`);
    mkdirSync(folder, { recursive: true });
    const others = development.filter(({ task_id }) => foldOf(task_id) !== fold);
    const own = [...rows.entries()].filter(([, { task_id }]) => foldOf(task_id) === fold);
    const judge = learn(folder, others, method, settings);
    answers.push(...judgeRows(folder, own, method, judge));
  }
  report(work, rows, [...answers, ...published(rows)]);
}

/** Classes that an answer wrote around the method all fail, whatever the method, and the method is what judges are shown. */
function usable(rows: readonly TrainingRow[]): TrainingRow[] {
  return rows.filter(
    ({ unreliable_test, label_conflict, passed, candidate }) =>
      !unreliable_test &&
      !label_conflict &&
      passed !== null &&
      candidate.length <= MOST_CHARACTERS &&
      !/^(?:public\s+)?(?:abstract\s+|final\s+)?class\s/m.test(candidate),
  );
}

/** At most so many correct and so many wrong ones of a task, also of those for validation: what is not kept costs no time. */
function cap(rows: readonly TrainingRow[], most: number): TrainingRow[] {
  const kept = createClassCap(most, 1);
  const facts = (row: Row) => [row.task_id, row.passed ? 1 : 0, hashParts(row.candidate)] as const;
  for (const row of rows) kept.see(...facts(row));
  return rows.filter((row) => kept.keeps(...facts(row)));
}

/** The fold of a task, by a hash; tasks about the same are in one, and those of a project where that is asked for. */
function divide(rows: readonly Row[], folds: number, byProject: boolean): (taskId: string) => number {
  const described = rows.map((row) => ({ ...row, id: row.task_id, problem: byProject ? row.project : null }));
  const tasks = new Map(described.map((task) => [task.id, task]));
  const { of } = groupProblems([...tasks.values()]);
  const groups = [...new Set(of.values())].sort((a, b) => (hashParts(a) < hashParts(b) ? -1 : 1));
  const places = new Map(groups.map((group, place) => [group, place % folds]));
  return (taskId) => places.get(of.get(taskId) ?? '') ?? 0;
}

/** Trains on the rows, of which every sixth task is for validation. @returns the judge's folder */
function learn(folder: string, rows: readonly TrainingRow[], method: string, settings: string): string {
  const file = join(folder, 'development.jsonl');
  const dataset = join(folder, 'dataset');
  const judge = join(folder, method);
  if (!existsSync(join(dataset, 'data-card.json'))) {
    writeFileSync(file, toJsonLines(rows));
    const inputs = ['--tasks', file, '--samples', file, '--out', dataset];
    codejury('dataset build --split 5:1:0 --seed 1 --quiet', ...inputs);
  }
  if (!existsSync(join(judge, 'profile.json'))) {
    codejury(`train ${settings} ${COMMON}`, '--dataset', dataset, '--out', judge);
  }
  return judge;
}

/** The answers to rows: the label by the judge's own threshold, and that by its calibrated probability. */
function judgeRows(
  folder: string,
  rows: readonly (readonly [number, JudgedRow])[],
  method: string,
  judge: string,
): Answer[] {
  const file = join(folder, 'judged.jsonl');
  const verdicts = join(folder, `${method}-verdicts.jsonl`);
  if (!existsSync(verdicts)) {
    writeFileSync(file, toJsonLines(rows.map(([, row]) => row)));
    const inputs = ['--profile', judge, '--tasks', file, '--candidates', file, '--out', verdicts];
    codejury('judge --quiet', ...inputs);
  }
  const { platt } = JSON.parse(readFileSync(join(judge, 'profile.json'), 'utf8')) as JudgeProfile;
  return readJsonLines<JudgedLine>(verdicts).flatMap(({ index, label, probabilityCorrect }) => {
    const [number, row] = rows[index] as (typeof rows)[number];
    const place = { taskId: row.task_id, candidateId: String(number) };
    const scaled = probabilityCorrect === null ? null : plattScale(probabilityCorrect, platt);
    const calibrated = scaled === null || label === null ? null : scaled >= 0.5 ? 1 : 0;
    return [
      { ...place, judge: `${method}, calibrated at 0.5`, label: calibrated, probabilityCorrect: scaled },
      { ...place, judge: `${method}, own threshold`, label, probabilityCorrect },
    ] as const;
  });
}

/** What the eight models answered, an answer that is none being invalid; and who always says "wrong". */
function published(rows: readonly JudgedRow[]): Answer[] {
  return rows.flatMap(({ task_id, ratings }, number) =>
    Object.entries({ ...ratings, 'always "wrong"': 0 as const }).map(([judge, label]) => ({
      ...{ taskId: task_id, candidateId: String(number) },
      ...{ judge, label, probabilityCorrect: null },
    })),
  );
}

function report(work: string, rows: readonly JudgedRow[], answers: readonly Answer[]): void {
  const verdicts = join(work, 'answers.jsonl');
  const labels = join(work, 'labels.jsonl');
  writeFileSync(verdicts, toJsonLines(answers));
  const parts: Readonly<Record<string, (row: JudgedRow) => boolean>> = {
    'All rows': () => true,
    'Without human_written': ({ generator }) => generator !== HUMAN,
    [STANDALONE.join(', ')]: ({ code_level }) => STANDALONE.includes(code_level),
    [`${STANDALONE.join(', ')}, without human_written`]: ({ code_level, generator }) =>
      STANDALONE.includes(code_level) && generator !== HUMAN,
  };
  for (const [name, isPart] of Object.entries(parts)) {
    const part = [...rows.entries()].filter(([, row]) => isPart(row));
    const lines = part.map(([number, { task_id, passed }]) => ({
      ...{ taskId: task_id, candidateId: String(number), label: passed ? 1 : 0 },
    }));
    writeFileSync(labels, toJsonLines(lines));
    const text = codejury('evaluate --seed 1 --quiet --json', '--verdicts', verdicts, '--labels', labels);
    print(name, JSON.parse(text) as EvaluateResult);
  }
}

function print(name: string, { judges }: EvaluateResult): void {
  const [first] = judges;
  if (first === undefined) throw new Error('no judge');
  const count = (key: keyof JudgeMetrics) => first.metrics[key].value;
  console.log(
    `\n## ${name}: ${count('candidates')} rows, ${count('positives')} correct, of ${count('tasks')} tasks, ${count('tasksWithBothLabels')} with both labels\n`,
  );
  console.log('| judge | kappa | 95 % interval | F1 | AUC | within a task | accuracy | invalid |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { judge, metrics } of judges) {
    const { kappa, f1, auc, aucWithinTask, accuracy, invalid } = metrics;
    const cells = [f1, auc, aucWithinTask, accuracy].map(({ value }) => decimal(value));
    console.log(
      `| ${judge} | ${decimal(kappa.value)} | ${decimal(kappa.low)} to ${decimal(kappa.high)} | ${cells.join(' | ')} | ${invalid.value} |`,
    );
  }
}

const decimal = (value: number | null) => (value === null ? '-' : value.toFixed(3));

/** @param words of the command that are no paths, which may have blanks */
function codejury(words: string, ...paths: readonly string[]): string {
  return execFileSync(process.execPath, ['src/cli/main.ts', ...words.split(' '), ...paths], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

main();
