import type { Candidate } from '../contracts/candidate.ts';
import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { Execution, Feedback } from '../contracts/execution.ts';
import type { Task } from '../contracts/task.ts';
import { throwIfAborted } from '../errors.ts';
import { findLanguage } from '../lang/find-language.ts';
import { compileCandidate } from './compile-candidate.ts';
import { executeCandidate } from './execute-candidate.ts';
import type { LanguageRunner } from './language-runner.ts';
import type { Limits } from './limits.ts';
import { openLanguageRunner } from './open-language-runner.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { createTurnstile } from './turnstile.ts';

export interface ExecuteRequest {
  readonly task: Task;
  readonly candidate: Pick<Candidate, 'id' | 'code'>;
  /** Unset ones have the executor's, and those their defaults. */
  readonly limits?: Partial<Limits>;
  readonly signal: AbortSignal;
  /** See RunOptions. */
  readonly seed?: number;
}

/** Runs candidates of any language in one sandbox, and keeps warm what many runs share. */
export interface Executor {
  readonly sandbox: Sandbox;
  /**
   * Runs a candidate against its task's tests. After a timeout, or when the machinery failed, it is run once more with no
   * other candidate beside it, and the second result counts.
   *
   * @throws {CodejuryError} `usage` for a task without tests, `capability` for a language without a runner or a task that
   *   needs what the runner lacks, `sandbox` when the language's interpreter is missing, `aborted`.
   */
  execute(request: ExecuteRequest): Promise<Execution>;
  /**
   * Compiles a candidate, in its place between the task's tests where there are any, and runs nothing. Null when it
   * compiles; else why not (kind `wall-time` or `memory` when the compiler did not get to its end).
   *
   * @throws {CodejuryError} as `execute`, but for tests.
   */
  compile(request: ExecuteRequest): Promise<Feedback | null>;
  /** The runner of a language, opened at its first use. `taskId` is the task that needs it, for the message. */
  runner(language: string, taskId?: string): Promise<LanguageRunner>;
  close(): Promise<void>;
}

export interface ExecutorOptions {
  readonly sandbox: Sandbox;
  /** Private languages, with their runners. */
  readonly languages?: readonly CustomLanguage[];
  readonly limits?: Partial<Limits>;
}

/** An executor; whoever opened it closes it, or what it keeps warm keeps the process alive. */
export function openExecutor({ sandbox, languages = [], limits = {} }: ExecutorOptions): Executor {
  const runners = new Map<string, Promise<LanguageRunner>>();
  // One for all candidates: what a run alone needs for itself is the machine's cores.
  const turnstile = createTurnstile();
  const runner = (language: string, taskId: string | null = null): Promise<LanguageRunner> => {
    const { id } = findLanguage(language, languages, taskId);
    const opened = runners.get(id) ?? openLanguageRunner(sandbox, id, languages);
    runners.set(id, opened);
    // Whatever failed may be repaired by the next call.
    opened.catch(() => runners.delete(id));
    return opened;
  };
  const withLimits = (request: ExecuteRequest): ExecuteRequest => {
    throwIfAborted(request.signal);
    return { ...request, limits: { ...limits, ...request.limits } };
  };
  return {
    sandbox,
    execute: async (request) =>
      executeCandidate(
        withLimits(request),
        findLanguage(request.task.language, languages, request.task.id),
        () => runner(request.task.language),
        turnstile,
      ),
    compile: async (request) =>
      compileCandidate(
        withLimits(request),
        findLanguage(request.task.language, languages, request.task.id),
        () => runner(request.task.language),
      ),
    runner,
    close: async () => {
      const opened = await Promise.allSettled(runners.values());
      await Promise.all(opened.map((result) => result.status === 'fulfilled' && result.value.close()));
    },
  };
}
