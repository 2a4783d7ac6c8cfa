export {
  createFakeLanguageModel,
  type FakeCalls,
  type FakeLanguageModel,
  type FakeSample,
  type FakeScript,
} from './create-fake-language-model.ts';
export { type TinyGgufOptions, type TinyTransitions, writeTinyGguf } from './write-tiny-gguf.ts';
export { type TinyLoraOptions, writeTinyLora } from './write-tiny-lora.ts';
