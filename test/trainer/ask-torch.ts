import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CodejuryError } from '../../src/errors.ts';
import { findTrainerPython } from '../../src/pipeline/train/trainer-environment.ts';

/** Python with torch, transformers, peft and gguf, or why it is not to be had here. */
export type TrainerPython =
  | { readonly python: string; readonly reason: null }
  | { readonly python: null; readonly reason: string };

/** The Python that `codejury train` would use. */
export async function trainerPython(env: NodeJS.ProcessEnv): Promise<TrainerPython> {
  try {
    const python = await findTrainerPython(env);
    const check = spawnSync(python, ['-c', 'import torch, transformers, peft, gguf'], { encoding: 'utf8' });
    return check.status === 0
      ? { python, reason: null }
      : { python: null, reason: `${python} lacks a package: ${check.stderr.trim().split('\n').at(-1)}` };
  } catch (error) {
    if (error instanceof CodejuryError) return { python: null, reason: error.message };
    throw error;
  }
}

export interface TorchRequest {
  readonly gguf: string;
  /** Weights to draw, write as the trainer does, and score; null = the model as it is. */
  readonly make: Readonly<Record<string, unknown>> | null;
  /** Prompts, in tokens. */
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly texts: readonly string[];
  /** Instead of labels, the states that a head on a layer reads: the mean over the tokens from begin to end of each row. */
  readonly head?: {
    readonly layer: number;
    readonly owns: readonly (readonly [begin: number, end: number])[];
  };
}

export interface TorchAnswer {
  /** Natural logarithms, of the labels after each row. */
  readonly logProbabilities: readonly (readonly number[])[];
  /** Of each text. */
  readonly tokens: readonly (readonly number[])[];
  /** Of each row, where a head was asked for. */
  readonly states: readonly (readonly number[])[];
}

/** What torch says; throws what it wrote to its standard error when it fails. */
export async function askTorch(python: string, request: TorchRequest): Promise<TorchAnswer> {
  const child = spawn(python, [join(import.meta.dirname, 'torch-scores.py')], {
    env: { ...process.env, HF_HUB_OFFLINE: '1', TOKENIZERS_PARALLELISM: 'false' },
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  child.stdin.end(JSON.stringify({ head: null, ...request }));
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(errors);
  return JSON.parse(out) as TorchAnswer;
}
