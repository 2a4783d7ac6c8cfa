import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// Makes the judge that is shipped, judges/smollm2-135m-python, in one command: its dataset, then the training. Half an hour of two cores for the
// weights, and as long for measuring them; started again, it goes on where it stopped.
//   node scripts/shipped-judge.ts --tasks HUMANEVAL.jsonl.gz --samples CODEGEN16B.jsonl.gz --work FOLDER [--out FOLDER]
// The files: CodeT's release of HumanEval without examples and of CodeGen-16B's samples (MIT), see docs/experiments.md.

const JUDGE = 'judges/smollm2-135m-python';

/** What the experiments came to. */
const SETTINGS = `
  --model smollm2-135m --method lora --head probe --probe-layers 20 --layers 10 --cache-lower-layers
  --layout compact --prompt-kind text --pairwise 1 --rank 8 --learning-rate 1e-3 --batch-size 32 --epochs 3 --seed 1
  --licence Apache-2.0
`
  .trim()
  .split(/\s+/);

function main(): void {
  const { values } = parseArgs({
    options: {
      tasks: { type: 'string' },
      samples: { type: 'string' },
      work: { type: 'string' },
      out: { type: 'string', default: JUDGE },
    },
  });
  const { tasks, samples, work, out } = values;
  if (tasks === undefined || samples === undefined || work === undefined) {
    console.error('node scripts/shipped-judge.ts --tasks FILE --samples FILE --work FOLDER');
    process.exitCode = 2;
    return;
  }
  const run = (args: readonly string[]) => execFileSync(process.execPath, args, { stdio: 'inherit' });
  // The last that is built; what is there of the others is built again, to the same bytes.
  if (!existsSync(join(work, 'all', 'data-card.json'))) {
    run(['scripts/shipped-judge-data.ts', '--tasks', tasks, '--samples', samples, '--out', work]);
  }
  run(['src/cli/main.ts', 'train', '--dataset', join(work, 'development'), ...SETTINGS, '--out', out]);
}

main();
