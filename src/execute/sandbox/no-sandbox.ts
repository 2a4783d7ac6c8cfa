import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { type CgroupParents, findCgroupParents } from './cgroup.ts';
import { EACH_PROCESS, limitScript } from './limit-script.ts';
import { runContained } from './run-contained.ts';
import type { Protection, Sandbox, SandboxCommand, SandboxProcess } from './sandbox.ts';
import { startContained } from './start-contained.ts';

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
    run: async (command) => runContained(start(command, cgroups, true), command),
    start: (command) => start(command, cgroups, false),
  };
}

function start(command: SandboxCommand, cgroups: CgroupParents | null, isRun: boolean): SandboxProcess {
  const folder = mkdtempSync(path.join(tmpdir(), 'codejury-run-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    for (const file of command.files ?? []) {
      const target = path.join(folder, file.path);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, file.content);
      if (file.writable !== true) chmodSync(target, 0o444);
    }
    const started = startContained(
      {
        argv: limitedCommand(command, isRun),
        env: { PATH: '/usr/bin:/bin', HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', ...command.env },
        cwd: folder,
        user: null,
        cgroups,
        inputs: [],
        endsOnLongStderr: isRun,
      },
      command.limits,
    );
    return { ...started, ended: started.ended.finally(remove) };
  } catch (error) {
    void remove();
    throw error;
  }
}

function limitedCommand(command: SandboxCommand, isRun: boolean): readonly [string, ...string[]] {
  const script = limitScript(command.limits, {
    // Would count every process that the user runs on this machine.
    capProcesses: false,
    capAddressSpace: command.capAddressSpace ?? true,
    capTime: isRun,
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
      detail: hasCgroup ? 'cgroup of the run' : `no writable memory cgroup: ${EACH_PROCESS}`,
    },
    {
      name: 'number of processes',
      active: hasCgroup,
      detail: hasCgroup ? 'cgroup of the run' : 'not limited',
    },
  ];
}
