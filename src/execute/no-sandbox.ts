import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CodejuryError } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { findCgroupParents } from './cgroup.ts';
import { limitScript } from './limit-script.ts';
import { runContained } from './run-contained.ts';
import type { Protection, Sandbox, SandboxCommand } from './sandbox.ts';

/**
 * What `--sandbox none` asks for: the command runs as the user, with the user's files and network. Time, output and
 * memory are limited, the environment is clean, the process group is killed at the end; nothing else holds.
 *
 * @throws {CodejuryError} `sandbox` on Windows, which has none of these limits.
 */
export function openNoSandbox(hostEnv: Environment): Sandbox {
  if (process.platform === 'win32') {
    throw new CodejuryError('sandbox', 'code cannot be executed on Windows', {
      hint: 'use the Windows subsystem for Linux, with bubblewrap',
    });
  }
  const cgroups = findCgroupParents();
  return {
    kind: 'none',
    protections: describeProtections(cgroups !== null),
    hostEnv,
    run: async (command) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'codejury-run-'));
      try {
        return await runContained(
          {
            argv: limitedCommand(command),
            env: {
              PATH: '/usr/bin:/bin',
              HOME: folder,
              TMPDIR: folder,
              LANG: 'C.UTF-8',
              ...command.env,
            },
            cwd: folder,
            user: null,
            cgroups,
          },
          command,
        );
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
  };
}

function limitedCommand(command: SandboxCommand): readonly [string, ...string[]] {
  const script = limitScript(command.limits, {
    // Would count every process that the user runs on this machine.
    capProcesses: false,
    capAddressSpace: command.capAddressSpace ?? true,
  });
  return ['/bin/sh', '-c', script, 'sh', ...command.argv];
}

function describeProtections(hasCgroup: boolean): Protection[] {
  const off = (name: string, detail: string): Protection => ({ name, active: false, detail });
  return [
    off('no network', 'generated code can reach the network'),
    off('read-only system', "generated code can read and write the user's files"),
    off('private scratch space', 'a temporary folder without a size limit'),
    {
      name: 'private processes',
      active: false,
      detail: hasCgroup
        ? 'processes are visible; those of the run are killed at its end'
        : 'a process that leaves its group survives the run',
    },
    { name: 'clean environment', active: true, detail: 'no variable is inherited' },
    off('no privileges', "generated code has the user's rights"),
    { name: 'time', active: true, detail: 'wall clock, and CPU time of each process' },
    { name: 'output', active: true, detail: 'each stream is cut and the run killed' },
    {
      name: 'memory of all processes together',
      active: hasCgroup,
      detail: hasCgroup ? 'cgroup' : 'no writable memory cgroup: only each process is limited',
    },
    {
      name: 'number of processes',
      active: hasCgroup,
      detail: hasCgroup ? 'cgroup' : 'not limited',
    },
  ];
}
