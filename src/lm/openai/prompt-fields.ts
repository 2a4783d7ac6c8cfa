import type { ChatMessage, Prompt } from '../language-model.ts';
import type { ResolvedOptions } from './openai-options.ts';
import type { Body } from './server-connection.ts';

/** Where a prompt goes, and as what. */
export interface PromptFields {
  readonly path: '/chat/completions' | '/completions';
  readonly fields: Body;
}

/** The endpoint for the prompt: by its kind, unless the option `api` names one. */
export function promptFields(prompt: Prompt, api: ResolvedOptions['api']): PromptFields {
  const chat = api === 'chat' || (api === 'auto' && prompt.kind === 'chat');
  return chat
    ? { path: '/chat/completions', fields: { messages: asMessages(prompt) } }
    : { path: '/completions', fields: { prompt: asText(prompt) } };
}

/** The fields that ask for the log-probabilities of the emitted tokens and of the `width` likeliest ones. */
export function logprobFields(path: PromptFields['path'], width: number): Body {
  return path === '/completions' ? { logprobs: width } : { logprobs: true, top_logprobs: width };
}

function asMessages(prompt: Prompt): readonly ChatMessage[] {
  return prompt.kind === 'chat' ? prompt.messages : [{ role: 'user', content: prompt.text }];
}

/** The text of a prompt for /completions; the messages of a chat are joined by blank lines. */
function asText(prompt: Prompt): string {
  return prompt.kind === 'text'
    ? prompt.text
    : prompt.messages.map((message) => message.content).join('\n\n');
}
