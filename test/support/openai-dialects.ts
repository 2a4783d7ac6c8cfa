/**
 * How real servers differ, as far as codejury notices. Written from their documentation and from answers seen
 * from llama.cpp and llama-cpp-python.
 */
export interface Dialect {
  readonly ownedBy: string;
  /** Further fields of an entry in the list of models. */
  readonly modelFields: Readonly<Record<string, unknown>>;
  /** Most choices per request; a request for more is refused. `ignored`: always one. */
  readonly manyChoices: number | 'ignored';
  /** `null`: the field is there and null; `absent`: it is not; `refused`: asking for it is an error. */
  readonly logprobs: 'raw' | 'after-temperature' | 'null' | 'absent' | 'refused';
  readonly widest: number;
  /** llama.cpp answers completions with the log-probabilities of a chat. */
  readonly completionLogprobs: 'legacy' | 'chat';
  readonly completions: boolean;
  readonly echo: 'right' | 'shifted' | 'ignored';
  readonly promptLogprobs: boolean;
  readonly usageInStream: boolean;
  /** Counted and listed end-of-text token. */
  readonly listsEnd: boolean;
  /** Fields beyond OpenAI's API: ignored, or an error that names them. */
  readonly unknownFields: 'ignored' | 'refused';
  /** Names the stop string that matched. */
  readonly stopReason: boolean;
  readonly errorBody: (message: string, status: number, code: string | null) => unknown;
}

const openaiError: Dialect['errorBody'] = (message, _status, code) => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});

const base: Dialect = {
  ownedBy: 'openai',
  modelFields: {},
  manyChoices: 128,
  logprobs: 'raw',
  widest: 20,
  completionLogprobs: 'legacy',
  completions: true,
  echo: 'ignored',
  promptLogprobs: false,
  usageInStream: true,
  listsEnd: false,
  unknownFields: 'ignored',
  stopReason: false,
  errorBody: openaiError,
};

export const DIALECTS = {
  openai: { ...base, completions: false, unknownFields: 'refused' },
  vllm: {
    ...base,
    ownedBy: 'vllm',
    modelFields: { max_model_len: 4096, root: 'model', parent: null },
    echo: 'right',
    promptLogprobs: true,
    listsEnd: true,
    stopReason: true,
    errorBody: (message, status) => ({ object: 'error', message, type: 'BadRequestError', code: status }),
  },
  llamaCpp: {
    ...base,
    ownedBy: 'llamacpp',
    modelFields: { meta: { n_ctx: 1024, n_ctx_train: 8192 } },
    manyChoices: 2,
    completionLogprobs: 'chat',
    listsEnd: true,
    errorBody: (message, status) => ({ error: { code: status, message, type: 'invalid_request_error' } }),
  },
  llamaCppPython: {
    ...base,
    ownedBy: 'me',
    manyChoices: 'ignored',
    echo: 'shifted',
    usageInStream: false,
  },
  ollama: { ...base, ownedBy: 'library', manyChoices: 'ignored', logprobs: 'absent' },
  lmStudio: {
    ...base,
    ownedBy: 'organization_owner',
    manyChoices: 'ignored',
    logprobs: 'null',
    errorBody: (message) => ({ error: message }),
  },
} satisfies Record<string, Dialect>;
