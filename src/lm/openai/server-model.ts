import { nearest } from '../../util/nearest.ts';
import { type AnswerWatch, createAnswerWatch } from './answer-watch.ts';
import { isRefusal } from './is-refusal.ts';
import type { ResolvedOptions } from './openai-options.ts';
import type { Body, ServerConnection, StreamHandlers } from './server-connection.ts';
import { ServerFault } from './server-fault.ts';
import type { ServerInfo } from './server-info.ts';

/** One model of a server, and what was learned about the fields it takes. */
export interface ServerModel {
  readonly options: ResolvedOptions;
  readonly connection: ServerConnection;
  readonly info: ServerInfo;
  /** What could not be done as asked, one sentence each, in the order found. */
  readonly notices: readonly string[];
  readonly notice: (text: string) => void;
  readonly answers: AnswerWatch;
  /**
   * Sends the body with the model's name and the user's extra fields. A field listed in `optional` that the server
   * refuses by name is left out from then on, with a notice; any other refusal is an error.
   */
  readonly post: (
    path: string,
    body: Body,
    optional: readonly string[],
    signal: AbortSignal,
  ) => Promise<unknown>;
  readonly stream: (
    path: string,
    body: Body,
    optional: readonly string[],
    handlers: StreamHandlers,
    signal: AbortSignal,
  ) => Promise<void>;
}

const REFUSAL =
  /unrecogni[sz]ed|unknown|unsupported|unexpected|invalid|extra_forbidden|not (supported|permitted|allowed|available|implemented|recogni[sz]ed|a valid)|does(n't| not) support|extra (inputs|fields)|no longer|validation error/i;

export function createServerModel(
  options: ResolvedOptions,
  connection: ServerConnection,
  info: ServerInfo,
): ServerModel {
  const notices: string[] = [];
  const dropped = new Set<string>();
  let limitField = 'max_tokens';
  const notice = (text: string): void => {
    if (!notices.includes(text)) {
      notices.push(text);
    }
  };

  function prepare(body: Body): Body {
    const fields = { model: options.model, ...body, ...options.extraBody };
    const entries = Object.entries(fields)
      .filter(([name, value]) => !dropped.has(name) && value !== null && value !== undefined)
      .map(([name, value]) => [name === 'max_tokens' ? limitField : name, value] as const);
    return Object.fromEntries(entries);
  }

  /** True when the request can be sent again in another form. */
  function adapt(error: unknown, sent: Body, optional: readonly string[]): boolean {
    if (!isRefusal(error)) {
      return false;
    }
    const { said } = error.details;
    if ('max_tokens' in sent && /max_completion_tokens/.test(said)) {
      limitField = 'max_completion_tokens';
      return true;
    }
    const field = optional.find((name) => name in sent && new RegExp(`\\b${name}\\b`).test(said));
    if (field === undefined || !REFUSAL.test(said)) {
      return false;
    }
    dropped.add(field);
    notice(`${connection.baseUrl} does not take "${field}": left out, the server's own default applies`);
    return true;
  }

  async function negotiate<T>(body: Body, optional: readonly string[], send: (sent: Body) => Promise<T>) {
    for (;;) {
      const sent = prepare(body);
      try {
        return await send(sent);
      } catch (error) {
        if (!adapt(error, sent, optional)) {
          throw adviseModel(error, options.model, info.models);
        }
      }
    }
  }

  return {
    options,
    connection,
    info,
    notices,
    notice,
    answers: createAnswerWatch(),
    post: (path, body, optional, signal) =>
      negotiate(body, optional, (sent) => connection.post(path, sent, signal)),
    stream: (path, body, optional, handlers, signal) =>
      negotiate(body, optional, (sent) => connection.stream(path, sent, handlers, signal)),
  };
}

/** Adds what the server offers to a fault about a model it does not know. */
function adviseModel(error: unknown, model: string, models: readonly string[] | null): unknown {
  if (!(error instanceof ServerFault) || !error.details.missingModel) {
    return error;
  }
  const suggestion = nearest(model, models ?? []);
  const offered =
    models === null || models.length === 0 ? 'no list of models' : models.slice(0, 20).join(', ');
  const hint = `${suggestion === null ? '' : `did you mean "${suggestion}"? `}the server offers: ${offered}`;
  return new ServerFault(error.code, error.message, { hint, cause: error.cause }, error.details);
}
