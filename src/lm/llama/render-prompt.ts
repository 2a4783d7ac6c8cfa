import type { LlamaModel } from 'node-llama-cpp';
import { CodejuryError } from '../../errors.ts';
import type { ChatMessage, LabelRequest, Prompt } from '../language-model.ts';
import { createNativeTemplate, type NativeTemplate } from './native.ts';
import type { PromptPiece, Vocabulary } from './vocabulary.ts';

/** Templates that print today's date get this one, so that a prompt is the same tomorrow. */
const FIXED_DATE = '26 Jul 2024';

/** A label question, rendered: the tokens of all of it and of the part before `own`. */
export interface RenderedLabelPrompt {
  readonly tokens: readonly number[];
  readonly prefix: readonly number[];
}

export interface PromptRenderer {
  /** Tokens of the prompt, a chat with the header after which the model answers. */
  readonly render: (prompt: Prompt) => number[];
  /** Whether the prompt ends with an opening tag such as `<think>`: the answer begins inside of it. */
  readonly opensTag: (prompt: Prompt) => boolean;
  readonly renderLabelRequest: (
    request: Pick<LabelRequest, 'kind' | 'system' | 'shared' | 'own'>,
  ) => RenderedLabelPrompt;
}

/** A piece of a rendered chat; `message` is the index of the message whose content it is, null for template text. */
interface ChatPiece extends PromptPiece {
  readonly message: number | null;
}

/** Renders with the chat template inside the GGUF file, else with `fallbackTemplate`; `name` is for messages. */
export function createPromptRenderer(
  model: LlamaModel,
  vocabulary: Vocabulary,
  name: string,
  fallbackTemplate: string | null,
): PromptRenderer {
  const source = model.fileInfo.metadata.tokenizer.chat_template || fallbackTemplate;
  let template: NativeTemplate | null = null;

  const chatTemplate = (): NativeTemplate => {
    if (source === null) {
      throw new CodejuryError('capability', `${name} has no chat template in its file: it is a base model`, {
        hint: 'use completion prompts with it, or the instruct variant of the model',
      });
    }
    template ??= createNativeTemplate(model.llama, source);
    return template;
  };

  const renderMessages = (messages: readonly ChatMessage[]): ChatPiece[] => {
    // Contents are put in after rendering, so that what the template wrote and what a message said stay apart.
    const slots = messages.map((_message, index) => `codejury:message:${index}:`);
    const rendered = chatTemplate().render({
      messages: messages.map(({ role }, index) => ({ role, content: slots[index] })),
      add_generation_prompt: true,
      bos_token: vocabulary.specialText('bos'),
      eos_token: vocabulary.specialText('eos'),
      date_string: FIXED_DATE,
    });
    return rendered.split(/(codejury:message:\d+:)/).map((text) => {
      const message = slots.indexOf(text);
      return message < 0
        ? { text, trusted: true, message: null }
        : { text: messages[message]?.content ?? '', trusted: false, message };
    });
  };

  const renderChat = (messages: readonly ChatMessage[]): ChatPiece[] => {
    let failure: unknown = null;
    for (const attempt of [messages, withoutSystem(messages)]) {
      try {
        const pieces = renderMessages(attempt);
        // A template that silently leaves a message out is treated like one that refuses it.
        if (attempt.every((_message, index) => pieces.some((piece) => piece.message === index))) {
          return pieces;
        }
      } catch (cause) {
        if (cause instanceof CodejuryError) {
          throw cause;
        }
        failure = cause;
      }
    }
    throw new CodejuryError('model', `the chat template of ${name} does not render these messages`, {
      hint: 'alternate user and assistant messages, with at most one system message first; or use a completion prompt',
      cause: failure,
    });
  };

  const piecesOf = (prompt: Prompt): readonly PromptPiece[] =>
    prompt.kind === 'chat' ? renderChat(prompt.messages) : [{ text: prompt.text, trusted: false }];

  return {
    render: (prompt) => vocabulary.encode(piecesOf(prompt)),
    opensTag: (prompt) => /<[a-z_]+>\s*$/i.test(piecesOf(prompt).at(-1)?.text ?? ''),
    renderLabelRequest: ({ kind, system, shared, own }) => {
      if (kind === 'text') {
        const before = system === null ? shared : `${system}\n\n${shared}`;
        return {
          tokens: vocabulary.encode([{ text: before + own, trusted: false }]),
          prefix: vocabulary.encode([{ text: before, trusted: false }]),
        };
      }
      const user: ChatMessage = { role: 'user', content: shared + own };
      const pieces = renderChat(system === null ? [user] : [{ role: 'system', content: system }, user]);
      const question = pieces.findLastIndex((piece) => piece.message !== null);
      const before = pieces[question]?.text ?? '';
      return {
        tokens: vocabulary.encode(pieces),
        prefix: vocabulary.encode([
          ...pieces.slice(0, question),
          { text: before.slice(0, before.length - own.length), trusted: false },
        ]),
      };
    },
  };
}

/** For models that know no system role: what it said comes first in the first user message. */
function withoutSystem(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const [system, first, ...rest] = messages;
  return system?.role === 'system' && first !== undefined
    ? [{ ...first, content: `${system.content}\n\n${first.content}` }, ...rest]
    : messages;
}
