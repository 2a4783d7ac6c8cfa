import { writeFile } from 'node:fs/promises';
import { encodeGguf, type GgufTensor, type GgufValue } from '../io/gguf/encode-gguf.ts';
import { seededRandom } from '../util/random.ts';
import { createTinyVocabulary, type TinyVocabulary } from './tiny-vocabulary.ts';

/** A chat template in the manner of ChatML, without a default system message. */
const CHAT_TEMPLATE =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

/** Logits of the tokens that may follow a token, by text; every other token gets about -1000. */
export type TinyTransitions = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface TinyGgufOptions {
  /** Seed of the random weights; default 1. */
  readonly seed?: number;
  /** Trained context, in tokens; default 512. */
  readonly contextSize?: number;
  /** Width of the model, a multiple of 32; default 64. A file of another width does not fit the same adapter. */
  readonly width?: number;
  /** null leaves the chat template out, as in a base model. */
  readonly chatTemplate?: string | null;
  /**
   * Makes the next token depend on the last one alone, by this table: for tests that know the exact probabilities.
   * A token without a row is followed by the end of the text.
   */
  readonly transitions?: TinyTransitions;
}

const HEADS = 4;
const KEY_VALUE_HEADS = 2;
const LAYERS = 2;
const NEVER = -1000;

/**
 * Writes a GGUF model of the llama architecture, about 0.5 MB, with a byte-pair vocabulary of all bytes, some words and
 * the control tokens `<|im_start|>`, `<|im_end|>` (which ends a text) and `<|endoftext|>`. Tokens are digits, letters,
 * spaces and so on by themselves, as in models that read digits one by one. The same options give the same bytes.
 */
export async function writeTinyGguf(path: string, options: TinyGgufOptions = {}): Promise<void> {
  const { contextSize = 512, chatTemplate = CHAT_TEMPLATE } = options;
  const vocabulary = createTinyVocabulary();
  const { width, tensors } =
    options.transitions === undefined
      ? randomWeights(vocabulary.tokens.length, options)
      : transitionWeights(vocabulary, options.transitions);
  const metadata: Record<string, GgufValue> = {
    'general.architecture': { type: 'string', value: 'llama' },
    'general.type': { type: 'string', value: 'model' },
    'general.name': { type: 'string', value: 'tiny' },
    'llama.context_length': { type: 'uint32', value: contextSize },
    'llama.embedding_length': { type: 'uint32', value: width },
    'llama.block_count': { type: 'uint32', value: LAYERS },
    'llama.feed_forward_length': { type: 'uint32', value: width },
    'llama.attention.head_count': { type: 'uint32', value: HEADS },
    'llama.attention.head_count_kv': { type: 'uint32', value: KEY_VALUE_HEADS },
    'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-10 },
    'llama.rope.dimension_count': { type: 'uint32', value: width / HEADS },
    'llama.vocab_size': { type: 'uint32', value: vocabulary.tokens.length },
    'tokenizer.ggml.model': { type: 'string', value: 'gpt2' },
    'tokenizer.ggml.pre': { type: 'string', value: 'smollm' },
    'tokenizer.ggml.tokens': { type: 'strings', value: vocabulary.tokens },
    'tokenizer.ggml.token_type': { type: 'int32s', value: vocabulary.types },
    'tokenizer.ggml.merges': { type: 'strings', value: vocabulary.merges },
    'tokenizer.ggml.bos_token_id': { type: 'uint32', value: vocabulary.idOf('<|im_start|>') },
    'tokenizer.ggml.eos_token_id': { type: 'uint32', value: vocabulary.idOf('<|im_end|>') },
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    ...(chatTemplate === null ? {} : { 'tokenizer.chat_template': { type: 'string', value: chatTemplate } }),
  };
  await writeFile(path, encodeGguf(metadata, tensors));
}

interface Weights {
  readonly width: number;
  readonly tensors: readonly GgufTensor[];
}

/** Every weight is drawn, so that each token of a prompt matters for what follows. */
function randomWeights(tokenCount: number, { seed = 1, width = 64 }: TinyGgufOptions): Weights {
  const random = seededRandom(seed);
  const matrix = (inputs: number, outputs: number, spread: number): Float32Array =>
    Float32Array.from({ length: inputs * outputs }, () => (random() * 2 - 1) * spread);
  return {
    width,
    tensors: [
      { name: 'token_embd.weight', dimensions: [width, tokenCount], values: matrix(width, tokenCount, 1) },
      ...layers(width, (inputs, outputs) => matrix(inputs, outputs, 2 / Math.sqrt(inputs))),
      { name: 'output_norm.weight', dimensions: [width], values: ones(width) },
      { name: 'output.weight', dimensions: [width, tokenCount], values: matrix(width, tokenCount, 0.5) },
    ],
  };
}

/** Layers that add nothing, one dimension for each token, and an output matrix that is the table. */
function transitionWeights(vocabulary: TinyVocabulary, transitions: TinyTransitions): Weights {
  const tokenCount = vocabulary.tokens.length;
  const width = Math.ceil(tokenCount / 32) * 32;
  const embeddings = new Float32Array(width * tokenCount);
  const output = new Float32Array(width * tokenCount);
  // The norm before the output scales a vector with a single 1 by the root of its length.
  const scale = 1 / Math.sqrt(width);
  const rows = new Map(Object.entries(transitions).map(([from, row]) => [vocabulary.idOf(from), row]));
  for (let from = 0; from < tokenCount; from++) {
    embeddings[from * width + from] = 1;
    for (let to = 0; to < tokenCount; to++) {
      output[to * width + from] = NEVER * scale;
    }
    for (const [text, logit] of Object.entries(rows.get(from) ?? { '<|im_end|>': 0 })) {
      output[vocabulary.idOf(text) * width + from] = logit * scale;
    }
  }
  return {
    width,
    tensors: [
      { name: 'token_embd.weight', dimensions: [width, tokenCount], values: embeddings },
      ...layers(width, (inputs, outputs) => new Float32Array(inputs * outputs)),
      { name: 'output_norm.weight', dimensions: [width], values: ones(width) },
      { name: 'output.weight', dimensions: [width, tokenCount], values: output },
    ],
  };
}

function layers(width: number, matrix: (inputs: number, outputs: number) => Float32Array): GgufTensor[] {
  const keyValueWidth = (width / HEADS) * KEY_VALUE_HEADS;
  return Array.from({ length: LAYERS }, (_value, layer) => {
    const tensor = (name: string, inputs: number, outputs: number): GgufTensor => ({
      name: `blk.${layer}.${name}.weight`,
      dimensions: [inputs, outputs],
      values: matrix(inputs, outputs),
    });
    const norm = (name: string): GgufTensor => ({
      name: `blk.${layer}.${name}.weight`,
      dimensions: [width],
      values: ones(width),
    });
    return [
      norm('attn_norm'),
      tensor('attn_q', width, width),
      tensor('attn_k', width, keyValueWidth),
      tensor('attn_v', width, keyValueWidth),
      tensor('attn_output', width, width),
      norm('ffn_norm'),
      tensor('ffn_gate', width, width),
      tensor('ffn_up', width, width),
      tensor('ffn_down', width, width),
    ];
  }).flat();
}

function ones(length: number): Float32Array {
  return new Float32Array(length).fill(1);
}
