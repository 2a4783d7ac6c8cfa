import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CodeServer extends AsyncDisposable {
  readonly baseUrl: string;
  /** Generating requests that arrived. */
  readonly generations: () => number;
  /** Their messages. */
  readonly generatingPrompts: () => readonly string[];
}

interface Body {
  readonly seed?: number;
  readonly stream?: boolean;
  readonly messages?: readonly { readonly content: string }[];
}

/**
 * An OpenAI-compatible server that writes `answers` in turn and, asked to judge, believes in what `isRight` accepts.
 * With `hang` it starts an answer and never ends it.
 */
export async function startCodeServer(options: {
  readonly answers: readonly string[];
  readonly isRight: (prompt: string) => boolean;
  readonly hang?: boolean;
}): Promise<CodeServer> {
  const generatingPrompts: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) {
      text += String(chunk);
    }
    if (request.url === '/v1/models') {
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'tiny', object: 'model' }] }));
      return;
    }
    const body = JSON.parse(text) as Body;
    const prompt = body.messages?.at(-1)?.content ?? '';
    const isJudging = prompt.includes('# Candidate:');
    if (!isJudging) {
      generatingPrompts.push((body.messages ?? []).map((message) => message.content).join('\n'));
    }
    const content = isJudging
      ? options.isRight(prompt)
        ? '1'
        : '0'
      : (options.answers[(body.seed ?? 0) % options.answers.length] ?? '');
    const top = [content, content === '1' ? '0' : '1'].map((token, index) => ({
      token,
      logprob: Math.log(index === 0 ? 0.9 : 0.1),
      bytes: null,
    }));
    const logprobs = { content: [{ ...top[0], top_logprobs: top }] };
    if (body.stream !== true) {
      const choice = { index: 0, message: { role: 'assistant', content }, logprobs, finish_reason: 'stop' };
      response.end(JSON.stringify({ choices: [choice], usage: { prompt_tokens: 9, completion_tokens: 1 } }));
      return;
    }
    response.setHeader('content-type', 'text/event-stream');
    const delta = { choices: [{ index: 0, delta: { content }, logprobs, finish_reason: null }] };
    response.write(`data: ${JSON.stringify(delta)}\n\n`);
    if (!options.hang) {
      const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
      response.end(`data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    generations: () => generatingPrompts.length,
    generatingPrompts: () => generatingPrompts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
