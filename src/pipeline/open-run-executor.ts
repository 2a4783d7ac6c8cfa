import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { Limits } from '../contracts/limits.ts';
import { type Executor, openExecutor } from '../execute/open-executor.ts';
import { openSandbox } from '../execute/sandbox/open-sandbox.ts';
import type { Environment } from '../io/environment.ts';
import { parseSandboxChoice } from './parse-sandbox-choice.ts';

/**
 * The executor of one command.
 *
 * @throws {CodejuryError} `usage` for a sandbox that does not exist, `sandbox` when none works here.
 */
export async function openRunExecutor(options: {
  /** As the user wrote it. */
  readonly sandbox: string;
  readonly languages: readonly CustomLanguage[];
  readonly limits: Partial<Limits>;
  readonly env: Environment;
}): Promise<Executor> {
  const { languages, limits } = options;
  const sandbox = await openSandbox(parseSandboxChoice(options.sandbox), options.env);
  return openExecutor({ sandbox, languages, limits });
}
