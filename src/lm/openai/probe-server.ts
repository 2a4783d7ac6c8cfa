import { CodejuryError } from '../../errors.ts';
import { type OpenaiModelOptions, resolveOpenaiOptions } from './openai-options.ts';
import { type LogprobReport, probeLogprobs } from './probe-logprobs.ts';
import { type ManyReport, probeMany } from './probe-many.ts';
import { probeTextScoring, type TextScoringReport } from './probe-text-scoring.ts';
import { HOW_TO_JUDGE_INSTEAD } from './score-labels.ts';
import { connectToServer } from './server-connection.ts';
import { readServerInfo, type ServerInfo } from './server-info.ts';
import { createServerModel } from './server-model.ts';

export type ProbeOptions = Omit<OpenaiModelOptions, 'model'> & {
  /** Null = the first model the server lists. */
  readonly model: string | null;
};

/** What a server can do for codejury, and why (not). */
export interface Conclusion {
  readonly able: boolean;
  /** One sentence. */
  readonly reason: string;
}

/** What was found at a server. Null: not found out, because something before it failed. */
export interface ServerReport extends ServerInfo {
  readonly baseUrl: string;
  /** The server answered at all. */
  readonly reachable: boolean;
  /** The first fault that kept the probe from going on; null when it went through. */
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
  /** The model probed. */
  readonly model: string | null;
  readonly chat: LogprobReport | null;
  readonly completions: LogprobReport | null;
  readonly many: ManyReport | null;
  readonly textScoring: TextScoringReport | null;
  readonly canGenerate: Conclusion;
  readonly canJudge: Conclusion;
  readonly canScoreText: Conclusion;
  /** Fields the server does not take, and the like. */
  readonly notices: readonly string[];
}

type Findings = Pick<ServerReport, 'chat' | 'completions' | 'many' | 'textScoring'>;

const NEVER = new AbortController().signal;
const NOTHING: Findings = { chat: null, completions: null, many: null, textScoring: null };

/**
 * Tries what a server does instead of trusting the parameters it accepts: about fifteen requests of a few tokens each. A
 * server that is down or refuses is a report, not an exception.
 *
 * @throws {CodejuryError} `usage` for options that cannot work, `aborted`.
 */
export async function probeServer(options: ProbeOptions): Promise<ServerReport> {
  const signal = options.signal ?? NEVER;
  const resolved = resolveOpenaiOptions({ maxRetries: 1, ...options, model: options.model ?? 'unknown' });
  const connection = connectToServer(resolved);
  let info: ServerInfo = { kind: 'unknown', models: null, contextSize: null };
  let model = options.model;
  let findings = NOTHING;
  let notices: readonly string[] = [];
  let fault: CodejuryError | null = null;
  try {
    info = await readServerInfo(connection, options.model, signal);
    model = options.model ?? info.models?.[0] ?? null;
    if (model === null) {
      throw new CodejuryError('usage', `${resolved.baseUrl} lists no models`, {
        hint: 'name one with --model',
      });
    }
    const server = createServerModel({ ...resolved, model }, connection, info);
    notices = server.notices;
    findings = { ...findings, chat: await probeLogprobs(server, '/chat/completions', signal) };
    findings = { ...findings, completions: await probeLogprobs(server, '/completions', signal) };
    findings = { ...findings, many: await probeMany(server, findings.chat?.answers !== false, signal) };
    findings = { ...findings, textScoring: await probeTextScoring(server, signal) };
  } catch (error) {
    if (!(error instanceof CodejuryError) || error.code === 'aborted') {
      throw error;
    }
    fault = error;
  }
  return {
    baseUrl: resolved.baseUrl,
    reachable: connection.hasAnswered(),
    problem: fault && { message: fault.message, hint: fault.hint },
    ...info,
    model,
    ...findings,
    ...conclude(findings, fault),
    notices,
  };
}

function conclude(
  { chat, completions, textScoring }: Findings,
  fault: CodejuryError | null,
): Pick<ServerReport, 'canGenerate' | 'canJudge' | 'canScoreText'> {
  const unknown = { able: false, reason: fault?.message ?? 'not found out' };
  const paths = [
    ['/chat/completions', chat],
    ['/completions', completions],
  ] as const;
  const answering = paths.filter(([, report]) => report?.answers === true).map(([path]) => path);
  const judging = paths.find(([, report]) => (report?.width ?? 0) >= 2);
  const tried = chat !== null || completions !== null;
  const canGenerate =
    answering.length > 0
      ? { able: true, reason: `${answering.join(' and ')} ${answering.length > 1 ? 'answer' : 'answers'}` }
      : tried
        ? { able: false, reason: `neither endpoint answers: ${chat?.reason ?? completions?.reason}` }
        : unknown;
  const canJudge =
    judging !== undefined
      ? { able: true, reason: `${judging[0]} ${judging[1]?.reason}` }
      : tried
        ? { able: false, reason: `${chat?.reason ?? completions?.reason}; ${HOW_TO_JUDGE_INSTEAD}` }
        : unknown;
  const canScoreText =
    textScoring === null ? unknown : { able: textScoring.method !== null, reason: textScoring.reason };
  return { canGenerate, canJudge, canScoreText };
}
