import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { openBubblewrap } from './bubblewrap.ts';
import { containerEngines, type EngineName } from './container/container-engine.ts';
import { findOnPath } from './find-on-path.ts';
import { openNoSandbox } from './no-sandbox.ts';
import type { Protection, Sandbox } from './sandbox.ts';

export const sandboxChoices = ['auto', 'bubblewrap', ...containerEngines, 'none'] as const;
export type SandboxChoice = (typeof sandboxChoices)[number];

/** Whether generated code can be run safely here, and how. */
export interface SandboxReport {
  /** What `auto` takes; null when nothing works. */
  readonly kind: Exclude<Sandbox['kind'], 'none'> | null;
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
  readonly name: SandboxTrial['name'];
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

/** One kind of sandbox, tried. */
export interface SandboxTrial {
  readonly name: 'bubblewrap' | EngineName;
  /** Null where it does not work; then `refusal` says why. */
  readonly sandbox: Sandbox | null;
  readonly refusal: CodejuryError | null;
}

/** Tries every kind of sandbox there is, in the order in which `auto` does. What does not work is a result. */
export async function tryEverySandbox(env: Environment): Promise<readonly SandboxTrial[]> {
  const trials: SandboxTrial[] = [];
  for (const { name, open } of OPENERS) {
    try {
      trials.push({ name, sandbox: await open(env), refusal: null });
    } catch (error) {
      if (!(error instanceof CodejuryError)) throw error;
      trials.push({ name, sandbox: null, refusal: error });
    }
  }
  return trials;
}

/** Which protections work on this machine. Never throws: what is wrong is part of the report. */
export async function describeSandbox(env: Environment): Promise<SandboxReport> {
  try {
    const { kind, protections } = await openSandbox('auto', env);
    return { kind: kind === 'none' ? null : kind, protections, problem: null, hint: null };
  } catch (error) {
    return {
      kind: null,
      protections: [],
      problem: error instanceof Error ? error.message : String(error),
      hint: error instanceof CodejuryError ? error.hint : null,
    };
  }
}
