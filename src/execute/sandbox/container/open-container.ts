import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { CodejuryError } from '../../../errors.ts';
import type { Environment } from '../../../io/environment.ts';
import { resolveHome } from '../../../io/home.ts';
import { writeFileAtomically } from '../../../io/write-file-atomically.ts';
import { hashParts } from '../../../util/hash.ts';
import { runContained } from '../run-contained.ts';
import type { Sandbox, SandboxCommand, SandboxProcess } from '../sandbox.ts';
import type { ContainerSetup } from './container-arguments.ts';
import { type ContainerEngine, type EngineName, findEngine } from './container-engine.ts';
import { describeContainer } from './describe-container.ts';
import { guardContainers } from './guard-containers.ts';
import { seccompProfile } from './seccomp-profile.ts';
import { startInContainer } from './start-in-container.ts';
import { type Facts, tryContainer } from './try-container.ts';

type Start = (command: SandboxCommand, isRun: boolean) => SandboxProcess;

/**
 * The sandbox made by a container engine: every command in a container of its own without network, privileges or a disk to write
 * to, in an image that has the languages' programs. It was tried once when this resolves.
 *
 * @throws {CodejuryError} `sandbox` when the engine is missing, has no image, or does not contain what runs in it.
 */
export async function openContainer(name: EngineName, hostEnv: Environment): Promise<Sandbox> {
  const engine = await findEngine(name, hostEnv);
  const label = `codejury=${process.pid}-${randomBytes(4).toString('hex')}`;
  const profile = await writeProfile(hostEnv);
  let refusal: CodejuryError | null = null;
  // An engine on another machine, or one confined itself, may not read the file.
  for (const setup of [profile, null].map((file) => ({
    engine: name,
    image: engine.image,
    profile: file,
    label,
  }))) {
    const start = starter(engine, setup);
    try {
      const facts = await tryContainer((command) => start(command, true), name);
      return toSandbox(setup, start, facts, hostEnv);
    } catch (error) {
      if (!(error instanceof CodejuryError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new CodejuryError('sandbox', `${name} was not tried`);
}

function starter(engine: ContainerEngine, setup: ContainerSetup): Start {
  let started = 0;
  return (command, isRun) => {
    if (started === 0) guardContainers(engine, setup.label);
    started += 1;
    const name = `${setup.label.replace('=', '-')}-${started}`;
    return startInContainer(engine, setup, name, command, isRun);
  };
}

async function writeProfile(env: Environment): Promise<string> {
  const profile = seccompProfile();
  const name = `system-calls-${hashParts(profile).slice(0, 16)}.json`;
  const file = path.join(resolveHome(env).cacheDir, 'container', name);
  await writeFileAtomically(file, profile);
  return file;
}

function toSandbox(setup: ContainerSetup, start: Start, facts: Facts, hostEnv: Environment): Sandbox {
  return {
    kind: 'container',
    protections: describeContainer(setup, facts),
    hostEnv,
    // Without our filter, one candidate could change limits and priority of the process that serves the next.
    canReuse: setup.profile !== null && facts.filter && facts.processes,
    run: async (command) => runContained(start(command, true), command),
    start: (command) => start(command, false),
  };
}
