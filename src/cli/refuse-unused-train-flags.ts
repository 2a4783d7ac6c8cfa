import { CodejuryError } from '../errors.ts';
import type { TrainFlags } from './train-flags.ts';

/** Flags that one way of using the command has no use for. */
interface Unused {
  readonly when: boolean;
  readonly flags: readonly string[];
  /** The way of using it, completes "is not used by". */
  readonly by: string;
  /** Who uses them. */
  readonly hint: string;
}

const OUTPUT = ['--json', '--quiet'];

/** Of the trainer in Python, whatever it trains. */
const TRAINER_FLAGS = [
  '--architecture',
  '--head',
  '--epochs',
  '--learning-rate',
  '--batch-size',
  '--rank',
  '--layers',
  '--max-length',
  '--class-weights',
  '--label-smoothing',
  '--packing',
  '--pairwise',
  '--cache-lower-layers',
  '--fix-pairs',
  '--accelerate-config',
];

const PROBE_FLAGS = ['--adapter', '--pooling', '--probe-layers', '--features'];

/** Those of them that a probe trained with its model has no use for. */
const FROZEN_PROBE_FLAGS = ['--adapter', '--pooling'];

/**
 * A flag that changes nothing would be taken for one that did its work.
 *
 * @param given long names of the flags on the command line
 * @throws {CodejuryError} `usage` naming the first flag that is not used by what the others ask for, and who uses it.
 */
export function refuseUnusedTrainFlags(given: ReadonlySet<string>, flags: TrainFlags): void {
  for (const { when, flags: unused, by, hint } of unusedFlags(given, flags)) {
    const flag = when ? unused.find((name) => given.has(name)) : undefined;
    if (flag !== undefined) throw new CodejuryError('usage', `${flag} is not used by ${by}`, { hint });
  }
}

function unusedFlags(given: ReadonlySet<string>, flags: TrainFlags): readonly Unused[] {
  const { method, objective, architecture, head } = flags;
  const allBut = (used: readonly string[]) =>
    [...given].filter((name) => ![...used, ...OUTPUT].includes(name));
  const trained = '--method lora, full and qlora';
  return [
    {
      when: flags.setup === true,
      flags: allBut(['--setup']),
      by: '--setup, which only installs what training needs',
      hint: 'train with a second command',
    },
    {
      when: flags.import !== undefined,
      flags: allBut(['--import', '--out', '--licence', '--offline']),
      by: '--import: the plan says how it was trained',
      hint: 'codejury train --import FOLDER --out judges/NAME',
    },
    {
      when: method === 'probe',
      flags: TRAINER_FLAGS,
      by: '--method probe, which fits a head on the frozen model',
      hint: `it is for ${trained}`,
    },
    {
      when: method === 'probe',
      flags: ['--resume'],
      by: '--method probe: what it has read of the dataset is kept, and it always goes on from there',
      hint: `leave it out; it is for ${trained}`,
    },
    {
      when: method !== 'probe',
      flags: head === 'probe' ? FROZEN_PROBE_FLAGS : PROBE_FLAGS,
      by: `--method ${method}`,
      hint: 'it is for --method probe',
    },
    {
      when: method === 'full',
      flags: ['--rank'],
      by: '--method full',
      hint: 'it is for --method lora and qlora',
    },
    {
      when: objective !== 'faults',
      flags: ['--scheme'],
      by: `--objective ${objective}`,
      hint: 'it is for --objective faults',
    },
    {
      // A probe says by itself that it learns verdicts only.
      when: method !== 'probe' && !objective.startsWith('verdict'),
      flags: ['--layout'],
      by: `--objective ${objective}, which has a prompt of its own`,
      hint: 'it is for --objective verdict and verdict+feedback',
    },
    {
      when: objective === 'generate',
      flags: [
        '--licence',
        '--class-weights',
        '--balance-tasks',
        '--label-smoothing',
        '--pairwise',
        '--fix-pairs',
      ],
      by: '--objective generate, whose rows have no labels and which makes no judge',
      hint: 'it is for the objectives that make a judge',
    },
    {
      when: method !== 'probe' && flags.plan !== undefined,
      flags: ['--licence'],
      by: '--plan, which makes no judge yet',
      hint: 'give it when the judge is made: codejury train --import FOLDER --out judges/NAME --licence NAME',
    },
    {
      when: architecture === 'encoder-decoder',
      flags: ['--layers', '--class-weights', '--label-smoothing', '--pairwise', '--fix-pairs'],
      by: '--architecture encoder-decoder, which trains RankEF as it was published',
      hint: 'it is for decoders',
    },
  ];
}
