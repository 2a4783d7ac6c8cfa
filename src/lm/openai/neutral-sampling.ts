import type { Body } from './server-connection.ts';
import type { ServerKind } from './server-info.ts';

/**
 * Fields outside OpenAI's API that switch off what servers add to sampling on their own: llama.cpp has top-k 40 and
 * min-p 0.05, vLLM takes values from the model's generation_config.json, LM Studio penalises repetition. Without them
 * the same request means something else on every server. All are optional: dropped where a server refuses them.
 *
 * @param topK 0 = off
 */
export function neutralSampling(kind: ServerKind, topK: number): Body {
  // vLLM and SGLang spell "off" -1; the others 0.
  const off = kind === 'vllm' || kind === 'sglang' ? -1 : 0;
  if (kind === 'openai') {
    return topK === 0 ? {} : { top_k: topK };
  }
  return { top_k: topK === 0 ? off : topK, min_p: 0, repeat_penalty: 1, repetition_penalty: 1 };
}

/** Names of the fields that may be left out when a server refuses them by name. */
export const NEUTRAL_FIELDS: readonly string[] = ['top_k', 'min_p', 'repeat_penalty', 'repetition_penalty'];
