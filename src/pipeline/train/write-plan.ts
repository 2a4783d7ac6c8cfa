import { cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import type { RunConfig } from '../../train/run-config.ts';
import { prepareRun, writeRunConfig } from './prepare-run.ts';
import type { TrainOptions, TrainResult } from './train-options.ts';
import { trainerFolder } from './trainer-environment.ts';

/** The environment is made beside the plan's files, once. */
const SCRIPT = `#!/bin/sh
# Trains what is in this folder; started again, it goes on from the last checkpoint.
# PYTHON: another Python than python3. ACCELERATE_CONFIG: a file of \`accelerate config\`, for several GPUs or machines.
set -eu
cd "$(dirname "$0")"
if [ ! -f .venv/ready ]; then
  "\${PYTHON:-python3}" -m venv .venv
  .venv/bin/python -m pip install --quiet -r trainer/requirements.txt
  touch .venv/ready
fi
export PYTHONPATH="$PWD/trainer"
config="\${ACCELERATE_CONFIG:-}"
if [ -z "$config" ] && [ -f accelerate.yaml ]; then config=accelerate.yaml; fi
if [ -n "$config" ]; then
  exec .venv/bin/python -m codejury_trainer.launch "$config" "$PWD"
fi
exec .venv/bin/python -m codejury_trainer "$PWD"
`;

/**
 * Writes a folder with everything a training needs: rows, settings, base, trainer and one command.
 *
 * @throws {CodejuryError} `usage` for a folder that holds other things; and as prepareRun.
 */
export async function writePlan(
  plan: string,
  options: TrainOptions & { readonly method: RunConfig['method'] },
): Promise<Pick<TrainResult, 'out' | 'rows'>> {
  const folder = resolve(plan);
  await requireOwn(folder);
  const { config } = await prepareRun(folder, options);
  options.onProgress({ kind: 'preparing', what: 'copying base and trainer' });
  await cp(trainerFolder(), join(folder, 'trainer'), {
    recursive: true,
    filter: (path) => !/__pycache__|[/\\]tests$/.test(path),
  });
  const base = await copyBase(folder, config.base);
  const planned: RunConfig = { ...config, base };
  await writeRunConfig(folder, planned);
  if (options.accelerateConfig !== null) {
    await cp(options.accelerateConfig, join(folder, 'accelerate.yaml'));
  }
  await writeFileAtomically(join(folder, 'run.sh'), SCRIPT);
  await writeFileAtomically(
    join(folder, 'README.md'),
    readme(planned, options.out === plan ? 'judges/NAME' : options.out),
  );
  const count = (name: string) => config.rows[name]?.count ?? 0;
  return { out: folder, rows: { train: count('train.jsonl'), validation: count('validation.jsonl') } };
}

async function requireOwn(folder: string): Promise<void> {
  try {
    const names = await readdir(folder);
    if (names.length > 0 && !(names.includes('config.json') && names.includes('run.sh'))) {
      throw new CodejuryError('usage', `--plan: ${folder} holds other files`, {
        hint: 'name a new or empty folder, or that of an earlier plan, which is replaced',
      });
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** A file or folder is copied; a name of the hub is fetched where the training runs. */
async function copyBase(folder: string, base: RunConfig['base']): Promise<RunConfig['base']> {
  if (base.kind === 'transformers' && base.path !== resolve(base.path)) return base;
  const path = join('base', basename(base.path));
  await mkdir(join(folder, 'base'), { recursive: true });
  await cp(base.path, join(folder, path), { recursive: true, dereference: true });
  return { ...base, path };
}

function readme(
  { objective, method, base, rows, epochs, dataset, codejury }: RunConfig,
  judge: string,
): string {
  return `# Training plan

Written by codejury ${codejury}: ${method}, objective ${objective}, base ${base.reference}, dataset ${dataset.name},
${rows['train.jsonl']?.count ?? 0} rows, ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}.

    sh run.sh

makes a Python environment in this folder (Python 3.11 or later, with its module venv; pip has to reach a package index) and trains.
Killed or interrupted, the same command goes on from the last checkpoint. Several GPUs or machines: \`ACCELERATE_CONFIG=FILE sh run.sh\` with
a file of \`accelerate config\`.

When it is finished, copy the folder back (\`.venv\`, \`checkpoints\` and \`base\` are not needed) and run

    codejury train --import FOLDER --out ${judge}
`;
}
