import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DataCard } from '../src/contracts/data-card.ts';

// Makes the dataset that the shipped judge is trained on: CodeGen-16B's published samples for HumanEval (MIT), given by path, and from
// this repository the project's own tasks with their written solutions, what SmolLM2 wrote for them, and mutants. All of it
// may be shipped with a judge made of it.
//   node scripts/shipped-judge-data.ts --tasks HUMANEVAL.jsonl.gz --samples CODEGEN16B.jsonl.gz --out FOLDER [--mutants 10]
// FOLDER/codegen16b is divided by itself, as its experiments were; FOLDER/all keeps its parts, and divides the own tasks by the same rule.
// Nothing of the test tasks is printed.

const OWN_TASKS = ['judges/data', 'bundled:python'];
const OWN_SAMPLES = ['judges/data', 'judges/samples/smollm2-135m-python.jsonl.gz'];
const DIVISION = ['--split', '50:15:35', '--seed', '1'];

function main(): void {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string' },
      samples: { type: 'string' },
      out: { type: 'string' },
      mutants: { type: 'string', default: '10' },
    },
  });
  const { tasks, samples, out, mutants } = values;
  if (tasks === undefined || samples === undefined || out === undefined) {
    console.error(
      'node scripts/shipped-judge-data.ts --tasks FILE --samples FILE --out FOLDER [--mutants N]',
    );
    process.exitCode = 2;
    return;
  }
  const [codegen, all] = [join(out, 'codegen16b'), join(out, 'all')];
  build(codegen, [tasks], [samples], []);
  build(
    all,
    [tasks, ...OWN_TASKS],
    [samples, ...OWN_SAMPLES],
    ['--mutants', mutants, '--keep-splits', codegen],
  );
}

function build(
  out: string,
  tasks: readonly string[],
  samples: readonly string[],
  more: readonly string[],
): void {
  const inputs = [
    ...tasks.flatMap((path) => ['--tasks', path]),
    ...samples.flatMap((path) => ['--samples', path]),
  ];
  const args = ['src/cli/main.ts', 'dataset', 'build', ...inputs, ...DIVISION, ...more, '--out', out];
  // What a build prints has counts of the test tasks.
  execFileSync(process.execPath, [...args, '--json'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const card = JSON.parse(readFileSync(join(out, 'data-card.json'), 'utf8')) as DataCard;
  for (const { split, tasks: count, candidates, correct } of card.splits) {
    const labels = split === 'test' ? '' : `, ${candidates} candidates, ${correct} correct`;
    console.log(`${out}, ${split}: ${count} tasks${labels}`);
  }
}

main();
