import { CodejuryError } from '../../errors.ts';
import { type LanguageModel, requireCapability } from '../../lm/language-model.ts';
import type { JudgeLayout, JudgeTask } from '../../prompts/judge-prompt.ts';
import { probePrompt } from '../../prompts/probe-prompt.ts';
import { hashParts } from '../../util/hash.ts';
import type { StateFile, StoredStates } from './state-file.ts';

/** A candidate whose states are wanted. */
export interface StateRow {
  readonly task: JudgeTask;
  readonly code: string;
}

export interface CollectStatesOptions {
  readonly model: LanguageModel;
  readonly file: StateFile;
  readonly layer: number;
  readonly layout: JudgeLayout;
  readonly promptKind: 'chat' | 'text';
  readonly rows: readonly StateRow[];
  readonly signal: AbortSignal;
  /** After each row; `computed` counts those that were not in the file. */
  readonly onProgress: (done: number, computed: number) => void;
}

/**
 * The states of all rows, in their order, read from the file where they are in it and else computed and added to it; null for
 * a prompt that does not fit the model's context, and for an empty candidate. Rows of one task should follow one another: what they share is evaluated once.
 *
 * @throws {CodejuryError} `capability`, `aborted`, or what the engine and the disk say.
 */
export async function collectStates(options: CollectStatesOptions): Promise<(StoredStates | null)[]> {
  const { model, file, layer, layout, promptKind: kind, signal } = options;
  const hiddenStates = requireCapability(model, 'hiddenStates');
  const collected: (StoredStates | null)[] = [];
  let computed = 0;
  for (const { task, code } of options.rows) {
    const prompt = probePrompt(layout, task, code);
    const key = hashParts(kind, prompt.shared, prompt.own, prompt.after);
    let states = await file.get(key);
    if (states === null) {
      const request = { kind, system: null, ...prompt, layer, signal };
      states = prompt.own === '' ? null : await hiddenStates(request).catch(nullIfTooLong);
      computed += 1;
      if (states !== null) await file.put(key, states);
    }
    collected.push(states);
    options.onProgress(collected.length, computed);
  }
  return collected;
}

function nullIfTooLong(error: unknown): null {
  if (error instanceof CodejuryError && error.code === 'context-length') return null;
  throw error;
}
