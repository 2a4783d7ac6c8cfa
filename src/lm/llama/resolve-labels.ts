import { CodejuryError } from '../../errors.ts';
import type { Label } from '../language-model.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The tokens that count as a label; at least one. */
export interface ResolvedLabel {
  readonly name: string;
  readonly tokens: readonly number[];
}

/**
 * The token of each form of each label, as it is after a prompt. A form that is not one token for this model is
 * skipped as long as another form of the same label is.
 *
 * @throws {CodejuryError} `model` when no form of a label is a single token, or two labels share one.
 */
export function resolveLabels(
  vocabulary: Vocabulary,
  labels: readonly Label[],
  modelName: string,
): ResolvedLabel[] {
  const owner = new Map<number, string>();
  return labels.map(({ name, forms }) => {
    const single = forms
      .map((form) => vocabulary.encodeContinuation(form))
      .filter(({ length }) => length === 1);
    const tokens = [...new Set(single.flat())];
    if (tokens.length === 0) {
      const tried = forms.map((form) => JSON.stringify(form)).join(', ');
      throw new CodejuryError(
        'model',
        `${modelName} has no single token for the label ${name} (tried ${tried})`,
        {
          hint: 'give the label a form that is one token for this model, or use another model as judge',
        },
      );
    }
    for (const token of tokens) {
      const other = owner.get(token);
      if (other !== undefined) {
        throw new CodejuryError(
          'model',
          `${modelName} has the same token for the labels ${other} and ${name}`,
          {
            hint: 'give the labels forms that differ',
          },
        );
      }
      owner.set(token, name);
    }
    return { name, tokens };
  });
}
