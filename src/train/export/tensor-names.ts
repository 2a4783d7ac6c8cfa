import { CodejuryError } from '../../errors.ts';

/** Parts of a layer, as transformers and as llama.cpp name them. */
const LAYER_PARTS: Readonly<Record<string, string>> = {
  'self_attn.q_proj': 'attn_q',
  'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v',
  'self_attn.o_proj': 'attn_output',
  'self_attn.q_norm': 'attn_q_norm',
  'self_attn.k_norm': 'attn_k_norm',
  'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up',
  'mlp.down_proj': 'ffn_down',
  input_layernorm: 'attn_norm',
  post_attention_layernorm: 'ffn_norm',
};

const OTHER_PARTS: Readonly<Record<string, string>> = {
  'model.embed_tokens': 'token_embd',
  'model.norm': 'output_norm',
  lm_head: 'output',
};

/** Architectures whose tensors have these names in both, and whether llama.cpp wants rows of q and k in another order. */
const ARCHITECTURES: Readonly<Record<string, { readonly permutes: boolean }>> = {
  llama: { permutes: true },
  qwen2: { permutes: false },
  qwen3: { permutes: false },
};

/** @throws {CodejuryError} `model` for an architecture that cannot be exported. */
export function requireArchitecture(architecture: unknown): { readonly permutes: boolean } {
  const found =
    typeof architecture === 'string' && Object.hasOwn(ARCHITECTURES, architecture)
      ? ARCHITECTURES[architecture]
      : undefined;
  if (found === undefined) {
    throw new CodejuryError(
      'model',
      `weights of the architecture ${JSON.stringify(architecture)} cannot be written as GGUF here`,
      {
        hint: `expected ${Object.keys(ARCHITECTURES).join(', ')}; llama.cpp's own converters write the others, and a profile takes their files`,
      },
    );
  }
  return found;
}

/**
 * llama.cpp's name of a module of transformers (`model.layers.3.self_attn.q_proj` is `blk.3.attn_q`); null for one that it has
 * no name for. The suffix `.weight` or `.bias` is not part of either.
 */
export function ggufNameOf(module: string): string | null {
  const layer = /^model\.layers\.(?<number>\d+)\.(?<part>.+)$/.exec(module)?.groups;
  if (layer === undefined) {
    return Object.hasOwn(OTHER_PARTS, module) ? (OTHER_PARTS[module] ?? null) : null;
  }
  const { number = '', part = '' } = layer;
  return Object.hasOwn(LAYER_PARTS, part) ? `blk.${Number(number)}.${LAYER_PARTS[part]}` : null;
}

/** Whether the rows of this tensor are in another order in llama.cpp, by its name there. */
export function isPermuted(ggufName: string): 'query' | 'key' | null {
  const part = /^blk\.\d+\.attn_(?<part>[qk])(?:\.|$)/.exec(ggufName)?.groups?.part;
  return part === undefined ? null : part === 'q' ? 'query' : 'key';
}
