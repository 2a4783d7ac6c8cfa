import { fileURLToPath } from 'node:url';
import { CodejuryError } from '../../../errors.ts';
import { type Environment, environmentValue } from '../../../io/environment.ts';
import { runProgram } from '../../../io/run-program.ts';
import { findOnPath } from '../find-on-path.ts';

export const containerEngines = ['docker', 'podman'] as const;
export type EngineName = (typeof containerEngines)[number];

/** The client of a container engine that answers and has the image. */
export interface ContainerEngine {
  readonly name: EngineName;
  /** Absolute path of its client. */
  readonly program: string;
  readonly image: string;
  /** What the client is started with, e.g. DOCKER_HOST. Containers see nothing of it. */
  readonly env: Readonly<Record<string, string>>;
}

/** Variable that names the image to use instead of {@link DEFAULT_IMAGE}. */
export const IMAGE_VARIABLE = 'CODEJURY_SANDBOX_IMAGE';

const DEFAULT_IMAGE = 'codejury-sandbox';

/** Where the image's recipe is. */
const RECIPE = fileURLToPath(new URL('../../../../runners/container', import.meta.url));

const CLIENT_TIMEOUT_MS = 30_000;

/**
 * The engine of that name, if its client is on the PATH, answers, and has the image. Nothing is pulled.
 *
 * @throws {CodejuryError} `sandbox` saying which of these it is not.
 */
export async function findEngine(name: EngineName, env: Environment): Promise<ContainerEngine> {
  const program = findOnPath(name, env);
  if (program === null) {
    throw new CodejuryError('sandbox', `${name} is not installed`, {
      hint: `only \`--sandbox ${name}\` needs it`,
    });
  }
  const image = environmentValue(env, IMAGE_VARIABLE) ?? DEFAULT_IMAGE;
  const engine: ContainerEngine = { name, program, image, env: { ...definedOf(env) } };
  const said = await askEngine(engine, ['image', 'inspect', '--format', '{{.Id}}', image]);
  if (said === null) return engine;
  if (!/no such (image|object)|image not known/i.test(said)) {
    throw new CodejuryError('sandbox', `${name} does not answer: ${said}`, {
      hint: `\`${name} info\` must work for this user, and its service must run`,
    });
  }
  throw new CodejuryError('sandbox', `${name} has no image ${image}`, {
    hint: `make it with \`${name} build -t ${DEFAULT_IMAGE} ${RECIPE}\`, or name another one in ${IMAGE_VARIABLE}`,
  });
}

/** Has the client do something. Null when it did, else the last line of what it complains of. */
export async function askEngine(engine: ContainerEngine, args: readonly string[]): Promise<string | null> {
  const { exitCode, timedOut, stderr } = await runProgram({
    command: engine.program,
    args,
    env: engine.env,
    timeoutMs: CLIENT_TIMEOUT_MS,
  });
  if (exitCode === 0) return null;
  if (timedOut) return `no answer within ${CLIENT_TIMEOUT_MS / 1000} s`;
  return stderr.trim().split('\n').at(-1) || `exit code ${exitCode}`;
}

function definedOf(env: Environment): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
