import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { givenFlags } from './given-flags.ts';
import { refuseUnusedTrainFlags } from './refuse-unused-train-flags.ts';
import { addTrainFlags, type TrainFlags } from './train-flags.ts';

function refuse(line: string): void {
  const command = addTrainFlags(new Command('train')).parse(line.split(' '), { from: 'user' });
  refuseUnusedTrainFlags(givenFlags(command), command.opts<TrainFlags>());
}

describe('refuseUnusedTrainFlags', () => {
  it.each([
    ['--method probe --epochs 3', '--epochs', '--method lora, full and qlora'],
    ['--method probe --architecture decoder', '--architecture', '--method lora, full and qlora'],
    ['--method probe --pairwise 0', '--pairwise', '--method lora, full and qlora'],
    ['--method probe --resume', '--resume', '--method lora, full and qlora'],
    ['--method lora --probe-layers 4', '--probe-layers', '--method probe'],
    ['--features states', '--features', '--method probe'],
    ['--adapter a.gguf', '--adapter', '--method probe'],
    ['--head probe --adapter a.gguf', '--adapter', '--method probe'],
    ['--method probe --head probe', '--head', '--method lora, full and qlora'],
    ['--method full --rank 8', '--rank', '--method lora and qlora'],
    ['--scheme binary', '--scheme', '--objective faults'],
    ['--objective faults --layout compact', '--layout', '--objective verdict'],
    ['--objective rankef --layout zero-shot', '--layout', '--objective verdict'],
    ['--objective generate --fix-pairs f', '--fix-pairs', 'objectives that make a judge'],
    ['--objective generate --balance-tasks', '--balance-tasks', 'objectives that make a judge'],
    ['--architecture encoder-decoder --layers 2', '--layers', 'decoders'],
    ['--setup --dataset d', '--dataset', 'second command'],
    ['--plan p --licence MIT', '--licence', '--import FOLDER --out judges/NAME --licence NAME'],
    ['--import p --epochs 2', '--epochs', 'codejury train --import FOLDER'],
  ])('%s', (line, flag, hint) => {
    expect(() => refuse(line)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(`^${flag} is not used by `),
        hint: expect.stringContaining(hint),
      }),
    );
  });

  it.each([
    '--dataset d --out j',
    '--method probe --layout compact --prompt-kind text --balance-tasks --limit-rows 5 --seed 2 --offline',
    '--method probe --adapter a.gguf --probe-layers 4 --pooling mean --features states --objective verdict',
    '--method probe --objective rankef --layout compact',
    '--head probe --probe-layers 4 --features states --layers 2',
    '--method qlora --rank 8 --epochs 2 --layers 4 --cache-lower-layers --resume --plan p',
    '--objective faults --scheme binary --class-weights --label-smoothing 0.1 --pairwise 1',
    '--objective generate --epochs 1 --packing none',
    '--architecture encoder-decoder --objective rankef --method full --prompt-kind text --packing none',
    '--setup --json --quiet',
    '--import p --out j --licence MIT --offline --json',
  ])('takes %s', (line) => expect(() => refuse(line)).not.toThrow());
});
