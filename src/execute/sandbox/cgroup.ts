import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../../io/error-code.ts';
import type { Limits } from '../limits.ts';

/** Folders (cgroup v1: one per controller, v2: the same twice) under which this process may make cgroups. */
export interface CgroupParents {
  readonly version: 1 | 2;
  readonly memory: string | null;
  readonly pids: string | null;
}

/** One run's cgroup. */
export interface Cgroup {
  add(pid: number): void;
  /** How many of its processes were killed for want of memory. */
  memoryKills(): number;
  /** Kills what is left in it and removes it. */
  remove(): Promise<void>;
}

const PREFIX = 'codejury-';
/** How long processes that were killed may take to be gone. */
const REMOVAL_TIMEOUT_MS = 5_000;

let created = 0;

/**
 * Where cgroups with a memory limit, a process limit, or both can be made; null where neither can. Only below (v2: or
 * beside) the cgroup this process is in, so that the limits of whoever runs codejury go on holding.
 *
 * @param root where the file system starts; a test's folder
 */
export function findCgroupParents(root = '/'): CgroupParents | null {
  const mounts = readLines(path.join(root, 'proc/self/mountinfo')).map(parseMount);
  const own = readLines(path.join(root, 'proc/self/cgroup')).map((line) => line.split(':'));
  const usable = (folder: string | null) => (folder !== null && isUsable(folder) ? folder : null);
  const find = (controller: 'memory' | 'pids'): string | null => {
    const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller));
    const group = own.find(([, controllers]) => controllers?.split(',').includes(controller))?.[2];
    return usable(mount === undefined || group === undefined ? null : locate(root, mount, group));
  };
  const [memory, pids] = [find('memory'), find('pids')];
  if (memory !== null || pids !== null) {
    return { version: 1, memory, pids };
  }
  const mount = mounts.find(({ type }) => type === 'cgroup2');
  const group = own.find(([id]) => id === '0')?.[2];
  if (mount === undefined || group === undefined) {
    return null;
  }
  const folder = locate(root, mount, group);
  for (const parent of [folder, path.dirname(folder)]) {
    const controllers = readText(path.join(parent, 'cgroup.subtree_control')).trim().split(/\s+/);
    const [hasMemory, hasPids] = [controllers.includes('memory'), controllers.includes('pids')];
    if ((hasMemory || hasPids) && usable(parent) !== null) {
      return { version: 2, memory: hasMemory ? parent : null, pids: hasPids ? parent : null };
    }
  }
  return null;
}

/** The version of the control groups that limit memory or processes on this machine, usable or not; null without any. */
export function mountedCgroupVersion(root = '/'): 1 | 2 | null {
  const mounts = readLines(path.join(root, 'proc/self/mountinfo')).map(parseMount);
  const isFirst = ({ type, options }: Mount) =>
    type === 'cgroup' && (options.includes('memory') || options.includes('pids'));
  if (mounts.some(isFirst)) return 1;
  return mounts.some(({ type }) => type === 'cgroup2') ? 2 : null;
}

/**
 * A new cgroup with the limits' memory and processes.
 *
 * @throws the file system's error when it cannot be made or limited; nothing is left behind then.
 */
export function createCgroup(parents: CgroupParents, limits: Limits): Cgroup {
  created += 1;
  const name = `${PREFIX}${process.pid}-${created}`;
  const memory = parents.memory === null ? null : path.join(parents.memory, name);
  const pids = parents.pids === null ? null : path.join(parents.pids, name);
  const folders = [...new Set([memory, pids])].filter((folder) => folder !== null);
  const write = (folder: string | null, file: string, value: number) => {
    if (folder !== null) writeFileSync(path.join(folder, file), String(value));
  };
  try {
    for (const folder of folders) mkdirSync(folder);
    write(pids, 'pids.max', limits.processes);
    if (parents.version === 1) {
      write(memory, 'memory.limit_in_bytes', limits.memoryBytes);
      writeIfPresent(memory, 'memory.memsw.limit_in_bytes', limits.memoryBytes);
    } else {
      write(memory, 'memory.max', limits.memoryBytes);
      writeIfPresent(memory, 'memory.swap.max', 0);
    }
  } catch (error) {
    for (const folder of folders) removeFolder(folder);
    throw error;
  }
  return {
    add: (pid) => {
      for (const folder of folders) write(folder, 'cgroup.procs', pid);
    },
    memoryKills: () => {
      if (memory === null) return 0;
      const events = readText(
        path.join(memory, parents.version === 1 ? 'memory.oom_control' : 'memory.events'),
      );
      return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0);
    },
    remove: () => removeCgroup(folders),
  };
}

async function removeCgroup(folders: readonly string[]): Promise<void> {
  const deadline = Date.now() + REMOVAL_TIMEOUT_MS;
  for (let pauseMs = 1; ; pauseMs = Math.min(50, pauseMs * 2)) {
    const left = folders.filter((folder) => !removeFolder(folder));
    if (left.length === 0) return;
    if (Date.now() > deadline) {
      throw new Error(`processes in ${left.join(', ')} do not end`);
    }
    for (const folder of left) killMembers(folder);
    await delay(pauseMs);
  }
}

function killMembers(folder: string): void {
  for (const line of readLines(path.join(folder, 'cgroup.procs'))) {
    try {
      process.kill(Number(line), 'SIGKILL');
    } catch (error) {
      if (errorCode(error) !== 'ESRCH') throw error;
    }
  }
}

/** True when the folder is gone, false while processes are in it. */
function removeFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') return true;
    if (code === 'EBUSY') return false;
    throw error;
  }
}

/** Whether a cgroup can be made there; also removes empty ones that a killed process of ours left. */
function isUsable(folder: string): boolean {
  const probe = path.join(folder, `${PREFIX}${process.pid}-probe`);
  try {
    mkdirSync(probe);
    rmdirSync(probe);
    for (const name of readdirSync(folder)) {
      const owner = /^codejury-(\d+)-/.exec(name)?.[1];
      if (owner !== undefined && !isAlive(Number(owner))) removeFolder(path.join(folder, name));
    }
    return true;
  } catch {
    // Read-only, not ours, or a v2 folder that takes no children: the sandbox says that the protection is not active.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

interface Mount {
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** One line of /proc/self/mountinfo. */
function parseMount(line: string): Mount {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , root = '', point = ''] = before.split(' ');
  const [type = '', , options = ''] = after.split(' ');
  return { root, point, type, options: options.split(',') };
}

function locate(root: string, mount: Mount, group: string): string {
  const inside = mount.root !== '/' && group.startsWith(mount.root) ? group.slice(mount.root.length) : group;
  return path.join(root, mount.point, inside);
}

function readLines(file: string): string[] {
  return readText(file)
    .split('\n')
    .filter((line) => line !== '');
}

/** Empty when the file is absent: no such controller, no such system. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENODEV', 'EACCES', 'ENOTDIR'].includes(errorCode(error) ?? '')) return '';
    throw error;
  }
}

/** Swap accounting is often compiled out; then there is nothing to limit. */
function writeIfPresent(folder: string | null, file: string, value: number): void {
  if (folder !== null && readText(path.join(folder, file)) !== '') {
    writeFileSync(path.join(folder, file), String(value));
  }
}
