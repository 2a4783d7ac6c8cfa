import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { legacyLogprobs, renderAnswer, renderChunks } from './openai-answers.ts';
import type { Dialect } from './openai-dialects.ts';
import { type GenerateBody, generate } from './openai-model.ts';

/** What goes wrong with one generating request. */
export type Fault =
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'hang-in-stream'
  | 'hang-at-end'
  | 'cut'
  | 'empty-stream'
  | 'end-early'
  | 'error-in-stream'
  | 'malformed'
  | 'html';

export interface FakeServerOptions {
  /** Faults of the first generating requests, in order; null = none. */
  readonly faults?: readonly (Fault | null)[];
  readonly key?: string;
  /** White space is the likeliest first token. */
  readonly spaceFirst?: boolean;
  readonly reasoning?: string;
  /** Takes only these many tokens of limit under the newer name. */
  readonly onlyCompletionTokens?: boolean;
  /** Ignores `stream`. */
  readonly neverStreams?: boolean;
}

export interface RecordedRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
}

export interface FakeServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly requests: readonly RecordedRequest[];
  /** Requests the client closed before they were answered. */
  readonly aborted: () => number;
}

const KNOWN_FIELDS = new Set(
  'model messages prompt temperature top_p n seed stop max_tokens max_completion_tokens stream stream_options logprobs top_logprobs echo'.split(
    ' ',
  ),
);

/** An HTTP server on a free port of the loopback interface that answers as the dialect does. */
export async function startFakeServer(
  dialect: Dialect,
  options: FakeServerOptions = {},
): Promise<FakeServer> {
  const requests: RecordedRequest[] = [];
  const faults = [...(options.faults ?? [])];
  let aborted = 0;
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const path = request.url ?? '';
    requests.push({ path, body, authorization: request.headers.authorization });
    response.on('close', () => {
      aborted += response.writableFinished ? 0 : 1;
    });
    const refuse = (status: number, message: string, code: string | null = null): void =>
      json(response, status, dialect.errorBody(message, status, code));
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`) {
      return refuse(401, `Incorrect API key provided: ${request.headers.authorization ?? 'none'}`);
    }
    if (path === '/v1/models') {
      const entry = { id: 'tiny', object: 'model', owned_by: dialect.ownedBy, ...dialect.modelFields };
      return json(response, 200, { object: 'list', data: [entry] });
    }
    if (path === '/v1/embeddings') {
      return json(response, 200, { data: [{ index: 0, embedding: [3, 4] }] });
    }
    const chat = path === '/v1/chat/completions';
    if (!chat && !(path === '/v1/completions' && dialect.completions)) {
      return refuse(404, 'Not Found');
    }
    const fault = faults.shift() ?? null;
    if (fault !== null && answerWithFault(response, fault)) {
      return;
    }
    const complaint = checkBody(body, dialect, options);
    if (complaint !== null) {
      return refuse(complaint.status, complaint.message, complaint.code);
    }
    const count = dialect.manyChoices === 'ignored' ? 1 : Number(body.n ?? 1);
    const parsed = body as unknown as GenerateBody;
    const generated = Array.from({ length: count }, (_, index) =>
      generate(parsed, index, dialect, options.spaceFirst ?? false),
    );
    if (body.stream !== true || options.neverStreams) {
      const answer = renderAnswer(generated, body, dialect, chat, options.reasoning);
      if (!chat && body.echo === true && dialect.echo !== 'ignored') {
        return json(response, 200, legacyLogprobs(answer, parsed, dialect));
      }
      return json(response, 200, answer);
    }
    streamAnswer(response, renderChunks(generated, body, dialect, chat, options.reasoning), fault);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    aborted: () => aborted,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Complaint {
  readonly status: number;
  readonly message: string;
  readonly code: string | null;
}

function checkBody(
  body: Readonly<Record<string, unknown>>,
  dialect: Dialect,
  options: FakeServerOptions,
): Complaint | null {
  const refused = (message: string): Complaint => ({ status: 400, message, code: null });
  const unknown = Object.keys(body).find((name) => !KNOWN_FIELDS.has(name));
  const text = JSON.stringify(body.messages ?? body.prompt);
  if (body.model !== 'tiny' && dialect.ownedBy !== 'llamacpp') {
    return {
      status: 404,
      message: `The model \`${body.model}\` does not exist.`,
      code: 'model_not_found',
    };
  }
  if (unknown !== undefined && dialect.unknownFields === 'refused') {
    return refused(`Unrecognized request argument supplied: ${unknown}`);
  }
  if (options.onlyCompletionTokens && 'max_tokens' in body) {
    return refused(
      "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
    );
  }
  if (text.length > 20_000) {
    return refused("This model's maximum context length is 4096 tokens. However, you requested 9000 tokens");
  }
  if (dialect.manyChoices !== 'ignored' && Number(body.n ?? 1) > dialect.manyChoices) {
    return refused(`Field 'n': Value must be between 1 <= value <= ${dialect.manyChoices}`);
  }
  if (dialect.logprobs === 'refused' && 'logprobs' in body) {
    return refused("'logprobs' is not supported with this model");
  }
  const width = Number(body.top_logprobs ?? (typeof body.logprobs === 'number' ? body.logprobs : 0));
  return width > dialect.widest ? refused(`top_logprobs must be at most ${dialect.widest}`) : null;
}

/** True when the answer is given (or never will be). */
function answerWithFault(response: ServerResponse, fault: Fault): boolean {
  if (typeof fault === 'object') {
    response
      .writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
      .end(fault.body);
    return true;
  }
  if (fault === 'html') {
    const page = '<!DOCTYPE html><html><head><title>Sign in</title></head></html>';
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    return true;
  }
  if (fault === 'empty-stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end();
    return true;
  }
  return fault === 'hang';
}

function streamAnswer(response: ServerResponse, chunks: readonly unknown[], fault: Fault | null): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const [first, ...rest] = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  // Only after the first piece has left: otherwise a cut would be a connection that never answered.
  response.write(first, () => {
    switch (fault) {
      case 'hang-in-stream':
        return;
      case 'hang-at-end':
        // Without the reason to finish and the usage.
        response.write(rest.slice(0, -2).join(''));
        return;
      case 'cut':
        response.destroy();
        return;
      case 'end-early':
        response.end();
        return;
      case 'error-in-stream':
        response.end(`data: ${JSON.stringify({ error: { message: 'out of memory', code: 500 } })}\n\n`);
        return;
      case 'malformed':
        response.end('data: {"choices": [\n\n');
        return;
      default:
        response.end(`${rest.join('')}data: [DONE]\n\n`);
    }
  });
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return chunks.length === 0 ? {} : (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
