import { CodejuryError } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { openBubblewrap } from './bubblewrap.ts';
import { containerEngines } from './container/container-engine.ts';
import { findOnPath } from './find-on-path.ts';
import { openNoSandbox } from './no-sandbox.ts';
import type { Protection, Sandbox } from './sandbox.ts';

export const sandboxChoices = ['auto', 'bubblewrap', ...containerEngines, 'none'] as const;
export type SandboxChoice = (typeof sandboxChoices)[number];

/** What `codejury doctor` tells about the sandbox. */
export interface SandboxReport {
  /** Null when generated code cannot be run safely here. */
  readonly kind: 'bubblewrap' | 'container' | null;
  readonly protections: readonly Protection[];
  readonly problem: string | null;
  readonly hint: string | null;
}

/**
 * A sandbox that was tried out (bubblewrap: about 20 ms). `auto` takes bubblewrap, else a container engine that has the image;
 * nothing but the word `none` opens the one that is no sandbox.
 *
 * @throws {CodejuryError} `sandbox` when none works here.
 */
export async function openSandbox(choice: SandboxChoice, env: Environment): Promise<Sandbox> {
  if (choice === 'none') return openNoSandbox(env);
  const openers = OPENERS.filter(({ name, program }) =>
    choice === 'auto' ? program === null || findOnPath(program, env) !== null : choice === name,
  );
  const refusals: CodejuryError[] = [];
  for (const { open } of openers) {
    try {
      return await open(env);
    } catch (error) {
      if (!(error instanceof CodejuryError)) throw error;
      refusals.push(error);
    }
  }
  throw new CodejuryError(
    'sandbox',
    `generated code cannot be run safely here: ${refusals.map(({ message }) => message).join('; ')}`,
    {
      hint: [...refusals.map(({ hint }) => hint), WAYS_OUT].filter((part) => part !== null).join('; '),
      cause: refusals[0],
    },
  );
}

const OPENERS: readonly {
  readonly name: SandboxChoice;
  /** Without it, not a word about it, unless it was asked for. */
  readonly program: string | null;
  readonly open: (env: Environment) => Promise<Sandbox>;
}[] = [
  { name: 'bubblewrap', program: null, open: openBubblewrap },
  ...containerEngines.map((name) => ({
    name,
    program: name,
    open: async (env: Environment) => {
      const { openContainer } = await import('./container/open-container.ts');
      return openContainer(name, env);
    },
  })),
];

const WAYS_OUT =
  'install bubblewrap (scripts/setup.sh does it on Debian and Ubuntu), or docker or podman, or accept the risk with `--sandbox none`';

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
