import type { JudgeLabel } from '../../prompts/judge-prompt.ts';
import { labelsOf } from '../../prompts/judge-template.ts';
import { FAULT_CLASSES } from '../../train/fault-classes.ts';
import type { TextRow } from '../../train/judge-rows.ts';
import type { RunConfig } from '../../train/run-config.ts';
import type { TrainingBase } from './resolve-base.ts';
import type { TrainOptions } from './train-options.ts';

/** Rows as the trainer reads them. */
export interface RowEncoder {
  readonly encode: (row: TextRow) => object;
  readonly labels: RunConfig['labels'];
  readonly dispose: () => Promise<void>;
}

/** The labels of an objective, the same that the judge is asked with; null for a generator. */
export function labelsOfObjective({
  objective,
  scheme,
}: Pick<TrainOptions, 'objective' | 'scheme'>): readonly JudgeLabel[] | null {
  switch (objective) {
    case 'generate':
      return null;
    case 'faults':
      return FAULT_CLASSES[scheme].map((name, index) => ({
        name,
        forms: [`${index}`, ` ${index}`],
        correct: index === 0,
      }));
    case 'rankef':
      return labelsOf({ method: 'rankef', labels: null });
    default:
      return labelsOf({ method: 'verdict', labels: null });
  }
}

/**
 * Makes rows for a base. Where the engine serves it, tokens are the engine's own, so that a judge is asked with exactly what it
 * was trained on; else the trainer's tokenizer makes them.
 */
export async function openRowEncoder(
  { base, chatTemplate }: TrainingBase,
  options: Pick<TrainOptions, 'objective' | 'scheme' | 'promptKind' | 'model'>,
): Promise<RowEncoder> {
  const labels = labelsOfObjective(options);
  const facts = ({ taskId, candidateId, label }: TextRow) => ({ class: label, task: taskId, candidateId });
  if (base.kind === 'transformers') {
    return {
      encode: (row) => ({
        prompt: row.prompt.shared + row.prompt.own,
        completion: row.completion,
        ends: row.ends,
        ...facts(row),
      }),
      labels: labels?.map((label) => ({ ...label, forms: [...label.forms], tokens: null })) ?? null,
      dispose: async () => undefined,
    };
  }
  const { openPromptTokenizer } = await import('../../lm/llama/open-prompt-tokenizer.ts');
  const tokenizer = await openPromptTokenizer({
    name: options.model,
    path: base.path,
    gpu: 'off',
    chatTemplate,
  });
  try {
    const tokens = labels === null ? [] : tokenizer.labelTokens(labels);
    const { endOfText } = tokenizer;
    const completionOf = ({ label, completion, ends }: TextRow): number[] => {
      const end = ends && endOfText !== null ? [endOfText] : [];
      // A label is a token of its own, whatever follows it: the judge stops after it.
      const first = label === null ? null : String(label);
      const parts = first === null ? [completion] : [first, completion.slice(first.length)];
      return [...parts.flatMap((part) => (part === '' ? [] : tokenizer.encodeContinuation(part))), ...end];
    };
    return {
      encode: (row) => {
        const parts = { kind: options.promptKind, system: null, ...row.prompt };
        if (!('after' in parts)) {
          return { tokens: [tokenizer.encodeQuestion(parts), completionOf(row)], ...facts(row) };
        }
        // What follows the candidate is not read.
        const { tokens, start, end } = tokenizer.encodeParts(parts);
        return { tokens: [tokens.slice(0, end), []], own: [start, end], ...facts(row) };
      },
      labels:
        labels?.map((label, index) => ({
          ...label,
          forms: [...label.forms],
          tokens: [...(tokens[index] ?? [])],
        })) ?? null,
      dispose: tokenizer.dispose,
    };
  } catch (error) {
    await tokenizer.dispose();
    throw error;
  }
}
