import type { Command } from 'commander';
import { DEFAULT_SEED } from './flags.ts';
/** Flags of `codejury train` as they are written. */
export interface TrainFlags {
  readonly setup?: boolean;
  readonly import?: string;
  readonly dataset?: string;
  readonly model: string;
  readonly method: string;
  readonly objective: string;
  readonly scheme: string;
  readonly architecture: string;
  readonly head: string;
  readonly out?: string;
  readonly licence?: string;
  readonly epochs?: string;
  readonly learningRate?: string;
  readonly batchSize?: string;
  readonly rank?: string;
  readonly layers?: string;
  readonly maxLength?: string;
  readonly layout: string;
  readonly promptKind?: string;
  readonly classWeights?: boolean;
  readonly balanceTasks?: boolean;
  readonly labelSmoothing: string;
  readonly packing?: string;
  readonly pairwise: string;
  readonly cacheLowerLayers?: boolean;
  readonly fixPairs?: string;
  readonly seed: string;
  readonly limitRows?: string;
  readonly accelerateConfig?: string;
  readonly adapter?: string;
  readonly probeLayers?: string;
  readonly pooling?: string;
  readonly features?: string;
  readonly plan?: string;
  readonly resume?: boolean;
  readonly offline?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Adds all of them. */
export function addTrainFlags(command: Command): Command {
  return command
    .option('--dataset <folder>', 'what `dataset build` made')
    .option('--model <name>', 'what is trained: a model, or transformers:FOLDER_OR_NAME', 'smollm2-135m')
    .option(
      '--method <kind>',
      'lora, full, qlora, or probe (a head on the frozen model, without Python)',
      'lora',
    )
    .option('--objective <what>', 'verdict, verdict+feedback, rankef, faults or generate', 'verdict')
    .option('--scheme <classes>', 'of the objective faults: binary, ternary, intent or execution', 'ternary')
    .option('--architecture <kind>', 'decoder, or encoder-decoder for RankEF as it was published', 'decoder')
    .option(
      '--head <kind>',
      'what says the verdict: label, which the model answers with, or probe, which reads inner states (lora)',
      'label',
    )
    .option('--out <folder>', 'the judge; beside it, FOLDER.training keeps data, checkpoints and logs')
    .option('--licence <name>', "the judge's, for its profile and model card")
    .option('--epochs <n>', 'passes over the training rows (default: 5)')
    .option('--learning-rate <x>', 'default: 2e-4 for lora and qlora, 1e-4 for rankef, else 2e-5')
    .option('--batch-size <n>', 'rows a step (default: 16)')
    .option('--rank <n>', 'of the matrices of lora and qlora (default: 16)')
    .option('--layers <n>', 'train the last n layers alone (default: all)')
    .option('--max-length <n>', 'tokens; rows that are longer are left out (default: 1024)')
    .option(
      '--layout <name>',
      'prompt of verdicts: zero-shot, or compact without the instruction',
      'zero-shot',
    )
    .option(
      '--prompt-kind <kind>',
      "chat: by the model's template; text: as it stands (default: chat, text for encoder-decoders)",
    )
    .option('--class-weights', 'weigh classes in the loss so that each counts the same')
    .option('--balance-tasks', "keep as many rows of a task's larger class as of its smaller one")
    .option('--label-smoothing <x>', 'share of the label given to the other labels, 0 to 0.5', '0')
    .option(
      '--packing <how>',
      'task: rows of a task as one sequence, what they share once; none (default: task, for decoders)',
    )
    .option('--pairwise <weight>', 'adds a loss that compares wrong and correct candidates of a task', '0')
    .option('--cache-lower-layers', 'with --layers: keep on disk what the layers below make of each row')
    .option('--fix-pairs <file>', 'first stage on JSON lines {description, signature, before, after}')
    .option('--seed <n>', 'of the order of rows and the first weights of an adapter', DEFAULT_SEED)
    .option('--limit-rows <n>', 'at most so many rows, for a trial')
    .option('--accelerate-config <file>', 'of `accelerate`: several GPUs or machines')
    .option('--adapter <file>', 'a LoRA (GGUF) that the model of a probe is used with')
    .option(
      '--probe-layers <list>',
      'layers whose states a probe may read, e.g. 16,20 (default: at two thirds)',
    )
    .option('--pooling <kind>', 'what a probe reads: last, mean or both (default: the best of them)')
    .option(
      '--features <kind>',
      'what a probe decides by: states, or states+likelihood of the code (default: the better on held-out tasks)',
    )
    .option('--plan <folder>', 'train elsewhere: write data, trainer and one command into a folder')
    .option('--resume', 'go on with the interrupted run, or fail if there is none')
    .option('--setup', 'install what training needs (Python packages) below the codejury home')
    .option('--import <folder>', 'bring back what was trained from a plan')
    .option('--offline', 'never download a model')
    .option('--json', 'print the result as one JSON document')
    .option('--quiet', 'no progress');
}
