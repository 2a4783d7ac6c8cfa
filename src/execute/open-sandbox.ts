import { CodejuryError } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { openBubblewrap } from './bubblewrap.ts';
import { openNoSandbox } from './no-sandbox.ts';
import type { Protection, Sandbox } from './sandbox.ts';

export const sandboxChoices = ['auto', 'bubblewrap', 'none'] as const;
export type SandboxChoice = (typeof sandboxChoices)[number];

/** What `codejury doctor` tells about the sandbox. */
export interface SandboxReport {
  /** Null when generated code cannot be run safely here. */
  readonly kind: 'bubblewrap' | null;
  readonly protections: readonly Protection[];
  readonly problem: string | null;
  readonly hint: string | null;
}

/**
 * A sandbox that was tried out (about 20 ms). `auto` takes the safe one there is; nothing but the word `none` opens the
 * one that is no sandbox.
 *
 * @throws {CodejuryError} `sandbox` when none works here.
 */
export async function openSandbox(choice: SandboxChoice, env: Environment): Promise<Sandbox> {
  if (choice === 'none') {
    return openNoSandbox(env);
  }
  try {
    return await openBubblewrap(env);
  } catch (error) {
    if (!(error instanceof CodejuryError)) throw error;
    throw new CodejuryError('sandbox', `generated code cannot be run safely here: ${error.message}`, {
      hint: [
        error.hint,
        'install bubblewrap (scripts/setup.sh does it on Debian and Ubuntu), or accept the risk with `--sandbox none`',
      ]
        .filter((part) => part !== null)
        .join('; '),
      cause: error,
    });
  }
}

/** Which protections work on this machine. Never throws: what is wrong is part of the report. */
export async function describeSandbox(env: Environment): Promise<SandboxReport> {
  try {
    const { protections } = await openSandbox('auto', env);
    return { kind: 'bubblewrap', protections, problem: null, hint: null };
  } catch (error) {
    return {
      kind: null,
      protections: [],
      problem: error instanceof Error ? error.message : String(error),
      hint: error instanceof CodejuryError ? error.hint : null,
    };
  }
}
