import type { Objective, TrainingMethod } from '../contracts/training-choices.ts';

/** Defaults that depend on what is trained. */
export interface TrainingDefaults {
  readonly epochs: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Rows whose gradients make one step. */
  readonly batchSize: number;
}

/** Not the paper's: at its 2e-5, the matrices of a LoRA, which begin at zero, hardly move. */
const LORA_LEARNING_RATE = 2e-4;

/**
 * The paper's defaults (5 epochs, learning rate 2e-5; RankEF 5 epochs, 1e-4, decay 0.05), and ours for LoRA.
 *
 * @see arXiv 2602.11911, fine-tuning; methods specification, section 5, for RankEF
 */
export function trainingDefaults(method: TrainingMethod, objective: Objective): TrainingDefaults {
  const rankef = objective === 'rankef';
  const adapter = method === 'lora' || method === 'qlora';
  return {
    epochs: 5,
    learningRate: adapter ? LORA_LEARNING_RATE : rankef ? 1e-4 : 2e-5,
    weightDecay: rankef ? 0.05 : 0,
    batchSize: 16,
  };
}
