/** How a chat is written for the model. `template-in-file`: only the GGUF's own template says. */
type ChatFormat =
  | 'chatml'
  | 'llama3'
  | 'gemma'
  | 'deepseek-coder'
  | 'phi4'
  | 'phi4-mini'
  | 'template-in-file';

/** What the model's author recommends; null where the author says nothing. */
export interface RecommendedSampling {
  /** 0 means greedy. */
  readonly temperature: number | null;
  /** In (0, 1]. */
  readonly topP: number | null;
  /** Number of tokens kept; 0 switches it off. */
  readonly topK: number | null;
}

/** A model that codejury knows by name. */
export interface ModelEntry {
  /** Lower case, unique; what users write. */
  readonly name: string;
  readonly family: string;
  /** Number of weights as the author's card counts them, to about three digits. */
  readonly parameters: number;
  /** SPDX identifier, or the licence's name where it has none. */
  readonly licence: string;
  readonly chatFormat: ChatFormat;
  readonly instruct: boolean;
  readonly sampling: RecommendedSampling;
  /** Model references (`hf:…`, `wheel:…`), tried in this order; all must yield the same bytes when `sha256` is known. */
  readonly sources: readonly [string, ...string[]];
  readonly sizeBytes: number | null;
  /** Lower-case hex; null = nobody told, so the first download is trusted and its digest recorded. */
  readonly sha256: string | null;
  /** True only if the project itself downloaded these bytes and computed the digest. */
  readonly digestVerified: boolean;
  /** For people: where the digest comes from, what to know about the file. */
  readonly note: string;
}
