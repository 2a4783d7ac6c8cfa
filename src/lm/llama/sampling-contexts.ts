import { CodejuryError } from '../../errors.ts';
import {
  createEvaluationContext,
  type EvaluationContext,
  type EvaluationContextOptions,
} from './evaluation-context.ts';
import type { SharedWeights } from './shared-weights.ts';

/** Smallest attention cache for sampling, in tokens. */
const SMALLEST = 512;

/** Lends contexts to sampling runs. A run that starts while another is under way gets a context of its own. */
export interface SamplingContexts {
  /** A context with exactly this many sequences and room for `tokens` in each. */
  readonly borrow: (sequences: number, tokens: number) => Promise<EvaluationContext>;
  readonly giveBack: (context: EvaluationContext) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/**
 * Keeps the last used context for the next run, since making one takes as long as some tokens. Its size is a rule of
 * the request alone (the next power of two, at most the model's context size), so that what was asked before can
 * never change a result.
 */
export function createSamplingContexts(
  weights: SharedWeights,
  options: Omit<EvaluationContextOptions, 'sequences'>,
): SamplingContexts {
  let idle: EvaluationContext | null = null;
  let disposed = false;
  const inUse = new Set<EvaluationContext>();

  const checkOpen = () => {
    if (disposed) {
      throw new CodejuryError('engine', `${options.name} has been closed`);
    }
  };

  return {
    borrow: async (sequences, tokens) => {
      checkOpen();
      const contextSize = Math.min(
        options.contextSize,
        Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(tokens))),
      );
      const kept = idle;
      idle = null;
      if (
        kept?.sequences === sequences &&
        kept.contextSize >= contextSize &&
        kept.contextSize < contextSize * 2
      ) {
        inUse.add(kept);
        return kept;
      }
      await kept?.dispose();
      const context = await createEvaluationContext(weights, { ...options, sequences, contextSize });
      inUse.add(context);
      if (disposed) {
        await context.dispose();
      }
      checkOpen();
      return context;
    },
    giveBack: async (context) => {
      if (!inUse.delete(context)) {
        return;
      }
      if (idle !== null) {
        await context.dispose();
        return;
      }
      for (let sequence = 0; sequence < context.sequences; sequence++) {
        context.clear(sequence);
      }
      idle = context;
    },
    dispose: async () => {
      disposed = true;
      const contexts = [...inUse, ...(idle === null ? [] : [idle])];
      idle = null;
      inUse.clear();
      await Promise.all(contexts.map((context) => context.dispose()));
    },
  };
}
