import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DataCard } from '../src/contracts/data-card.ts';
import { readJsonLines, toJsonLines } from './json-lines.ts';

// Makes the dataset that the shipped judge is trained on: CodeGen-16B's published samples for HumanEval (MIT), given by path, and from
// this repository what SmolLM2 wrote for the project's own tasks. All of it may be shipped with a judge made of it.
//   node scripts/shipped-judge-data.ts --tasks HUMANEVAL.jsonl.gz --samples CODEGEN16B.jsonl.gz --out FOLDER
// FOLDER/codegen16b is divided by itself, as the first experiments were. FOLDER/development, which the judge is trained on, adds the own
// tasks that methods were compared on, in training and validation, and leaves HumanEval's validation tasks out: the judge is for SmolLM2's
// code, so that alone decides levels and weights. FOLDER/all adds the own test tasks, which decided nothing, and which nothing of is printed.

const OWN_TASKS = 'judges/data';
const OWN_SAMPLES = 'judges/samples/smollm2-135m-python.jsonl.gz';
const DEVELOPMENT = /^easy-/;
const DIVISION = '50:15:35';
/** Of a training task; more of one task teach little, and take their time. */
const CAP = '8';

interface Inputs {
  readonly tasks: readonly string[];
  readonly samples: readonly string[];
}

function main(): void {
  const { values } = parseArgs({
    options: { tasks: { type: 'string' }, samples: { type: 'string' }, out: { type: 'string' } },
  });
  const { tasks, samples, out } = values;
  if (tasks === undefined || samples === undefined || out === undefined) {
    console.error('node scripts/shipped-judge-data.ts --tasks FILE --samples FILE --out FOLDER');
    process.exitCode = 2;
    return;
  }
  mkdirSync(out, { recursive: true });
  const files = readdirSync(OWN_TASKS).filter((name) => name.endsWith('.jsonl'));
  const own = (wanted: readonly string[]) => wanted.map((name) => join(OWN_TASKS, name));
  const development = own(files.filter((name) => DEVELOPMENT.test(name)));
  const [first, second, all] = ['codegen16b', 'development', 'all'].map((name) => join(out, name)) as [
    string,
    string,
    string,
  ];
  const developmentSamples = join(out, 'development-samples.jsonl');
  writeFileSync(developmentSamples, samplesOf(development));
  build(first, { tasks: [tasks], samples: [samples] }, ['--split', DIVISION]);
  const others = join(out, 'excluded.txt');
  writeFileSync(
    others,
    validationTasks(first)
      .map((id) => `${id}\n`)
      .join(''),
  );
  build(second, { tasks: [tasks, ...development], samples: [samples, developmentSamples] }, [
    '--split',
    '10:3:0',
    '--keep-splits',
    first,
    '--exclude',
    others,
  ]);
  build(all, { tasks: [tasks, ...own(files)], samples: [samples, OWN_SAMPLES] }, [
    '--split',
    '0:0:1',
    '--keep-splits',
    second,
    '--exclude',
    others,
  ]);
}

/** The lines of the own samples that belong to tasks of these files. */
function samplesOf(files: readonly string[]): string {
  const ids = new Set(files.flatMap((file) => readJsonLines<{ id: string }>(file).map(({ id }) => id)));
  return toJsonLines(readJsonLines<{ taskId: string }>(OWN_SAMPLES).filter(({ taskId }) => ids.has(taskId)));
}

function validationTasks(dataset: string): string[] {
  const tasks = readJsonLines<{ split: string; task: { id: string } }>(join(dataset, 'tasks.jsonl'));
  return tasks.filter(({ split }) => split === 'validation').map(({ task }) => task.id);
}

function build(out: string, { tasks, samples }: Inputs, division: readonly string[]): void {
  const inputs = [
    ...tasks.flatMap((path) => ['--tasks', path]),
    ...samples.flatMap((path) => ['--samples', path]),
  ];
  const rules = ['--seed', '1', '--cap-per-class', CAP];
  const args = ['src/cli/main.ts', 'dataset', 'build', ...inputs, ...division, ...rules, '--out', out];
  // What a build prints has counts of the test tasks.
  execFileSync(process.execPath, [...args, '--json'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const card = JSON.parse(readFileSync(join(out, 'data-card.json'), 'utf8')) as DataCard;
  for (const { split, tasks: count, candidates, correct } of card.splits) {
    const labels = split === 'test' ? '' : `, ${candidates} candidates, ${correct} correct`;
    console.log(`${out}, ${split}: ${count} tasks${labels}`);
  }
}

main();
