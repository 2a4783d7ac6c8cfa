import type { Program, RunOptions, RunReport } from '../language-runner.ts';
import type { Limits } from '../limits.ts';
import { resourceFiles } from '../resource-files.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { openSession } from '../session/session.ts';
import { createSessionPools } from '../session/session-pools.ts';
import { askNode, type NodeRequest } from './ask-node.ts';
import { findNode, type Node } from './find-node.ts';
import { type NodePrograms, nodeCommand, readNodePrograms } from './node-command.ts';

/** Node.js processes that each serve one program. */
export interface NodeProcesses {
  readonly node: Node;
  readonly programs: NodePrograms;
  readonly fingerprint: string;
  /** @throws {CodejuryError} as `run` of a LanguageRunner. */
  ask(
    how: Pick<NodeRequest, 'mode' | 'dialect' | 'emitted'>,
    program: Program,
    options: RunOptions,
  ): Promise<RunReport>;
  close(): Promise<void>;
}

/** @throws {CodejuryError} `sandbox` when no Node.js works inside. */
export async function openNodeProcesses(sandbox: Sandbox): Promise<NodeProcesses> {
  const [node, programs] = await Promise.all([findNode(sandbox), readNodePrograms()]);
  const processes = createSessionPools({
    open: (start: Parameters<typeof nodeCommand>[3]) =>
      openSession(sandbox.start(nodeCommand(node, programs, 'run', start))),
    servesAtMost: 1,
    startsAhead: 1,
  });
  return {
    node,
    programs,
    fingerprint: `node ${node.version} runner ${programs.digest.slice(0, 12)}`,
    ask: async (how, program, options) => {
      const { limits, seed = 0 } = options;
      const files = resourceFiles(program.task, limits);
      // Wall time is the request's own and shall not make for processes of its own.
      const start = {
        seed,
        cpuSeconds: cpuSeconds(limits),
        limits: { ...limits, wallTimeMs: 1, cpuTimeMs: 1 },
      };
      const { tests, code } = program;
      return processes.use(start, (session) => askNode(session, { ...how, tests, code, files, options }));
    },
    close: async () => {
      await processes.close();
      node.close();
    },
  };
}

/**
 * The CPU time to start a process with, in seconds. A limit above the wall time only has to be there, so it is rounded up to a
 * power of two: processes that are started ahead then fit the next program too.
 */
function cpuSeconds({ cpuTimeMs, wallTimeMs }: Limits): number {
  const seconds = Math.ceil(cpuTimeMs / 1000);
  return cpuTimeMs < wallTimeMs ? seconds : 2 ** Math.ceil(Math.log2(seconds));
}
