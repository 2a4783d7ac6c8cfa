import { randomBytes } from 'node:crypto';
import { CodejuryError } from '../../../errors.ts';
import type { EndedBy, SandboxCommand, SandboxEnd, SandboxProcess } from '../sandbox.ts';
import { startContained } from '../start-contained.ts';
import { type ContainerSetup, containerArguments } from './container-arguments.ts';
import { askEngine, type ContainerEngine } from './container-engine.ts';
import { prelude, READY } from './prelude.ts';

/** How long an engine may take to start a container that is to be killed, and to end one it was told to kill. */
const ENGINE_LIMIT_MS = 30_000;

/**
 * Starts a command in a container of that name. The engine's client carries its streams; to kill the client would leave the
 * container running, so the engine is told to kill it.
 */
export function startInContainer(
  engine: ContainerEngine,
  setup: ContainerSetup,
  name: string,
  command: SandboxCommand,
  isRun: boolean,
): SandboxProcess {
  const mark = `codejury-${randomBytes(16).toString('hex')}`;
  const first = prelude(command, isRun, mark);
  const client = startContained(
    {
      argv: [engine.program, ...containerArguments(setup, name, command.limits, first)],
      env: engine.env,
      cwd: '/',
      user: null,
      cgroups: null,
      inputs: [],
      endsOnLongStderr: isRun,
    },
    command.limits,
  );
  let reason: EndedBy | null = null;
  let isUp = false;
  let isOver = false;
  let memoryKills = 0;
  let giveUp: NodeJS.Timeout | undefined;
  const early: Buffer[] = [];
  let listener: ((chunk: Buffer) => void) | null = null;
  const endContainer = () => {
    askEngine(engine, ['kill', name]).catch(() => client.kill('exit'));
  };
  client.onStdout((chunk) => {
    const said = isUp ? chunk : chunk.subarray(READY.length);
    if (!isUp) {
      isUp = true;
      if (reason !== null) endContainer();
    }
    if (reason !== null || said.length === 0) return;
    if (listener === null) early.push(said);
    else listener(said);
  });
  for (const data of first.input) client.write(data);

  const settle = async (end: SandboxEnd): Promise<SandboxEnd> => {
    isOver = true;
    clearTimeout(giveUp);
    // The client did not live to see the end of the container.
    if (end.signal !== null) await askEngine(engine, ['rm', '--force', name]);
    if (!isUp && reason === null && end.endedBy === 'exit') throw notStarted(engine, end);
    const { stderr, isMarked } = withoutMark(end.stderr, mark);
    memoryKills = isMarked ? 1 : 0;
    if (reason !== null) return { ...end, exitCode: null, signal: 'SIGKILL', stderr, endedBy: reason };
    const lacksMemory = isMarked && end.endedBy === 'exit' && end.exitCode !== 0;
    return { ...end, stderr, endedBy: lacksMemory ? 'memory' : end.endedBy };
  };
  const ended = client.ended.then(settle);
  // Whoever does not look at the end does not want to know of it.
  ended.catch(() => undefined);
  return {
    onStdout: (heard) => {
      listener = heard;
      for (const chunk of early.splice(0)) heard(chunk);
    },
    write: client.write,
    closeStdin: client.closeStdin,
    kill: (why) => {
      if (reason !== null || isOver) return;
      reason = why;
      giveUp = setTimeout(() => client.kill('exit'), ENGINE_LIMIT_MS);
      // What is not there yet cannot be killed, and would be there afterwards.
      if (isUp) endContainer();
    },
    memoryKills: () => memoryKills,
    ended,
  };
}

function notStarted({ name, image }: ContainerEngine, { stderr, exitCode }: SandboxEnd): CodejuryError {
  const said = stderr.toString().trim().split('\n').at(-1);
  return new CodejuryError(
    'sandbox',
    `${name} did not start a container: ${said || `exit code ${exitCode}`}`,
    { hint: `\`${name} run --rm ${image} true\` must work for this user` },
  );
}

function withoutMark(stderr: Buffer, mark: string): { readonly stderr: Buffer; readonly isMarked: boolean } {
  const at = stderr.lastIndexOf(mark);
  return at < 0 ? { stderr, isMarked: false } : { stderr: stderr.subarray(0, at), isMarked: true };
}
