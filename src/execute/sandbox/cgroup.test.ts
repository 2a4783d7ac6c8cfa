import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveLimits } from '../limits.ts';
import { createCgroup, findCgroupParents } from './cgroup.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'codejury-cgroup-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function file(name: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), content);
}

const mount = (root: string, point: string, type: string, options: string) =>
  `30 20 0:26 ${root} ${point} rw,nosuid shared:4 - ${type} cgroup ${options}\n`;

describe('findCgroupParents', () => {
  it('finds the folders of version 1, seen from inside a container', () => {
    file(
      'proc/self/mountinfo',
      mount('/', '/cg/memory', 'cgroup', 'rw,memory') + mount('/box', '/cg/pids', 'cgroup', 'rw,pids'),
    );
    file('proc/self/cgroup', '4:memory:/me\n3:pids:/box/me\n0::/\n');
    mkdirSync(path.join(root, 'cg/memory/me'), { recursive: true });
    mkdirSync(path.join(root, 'cg/pids/me'), { recursive: true });
    expect(findCgroupParents(root)).toEqual({
      version: 1,
      memory: path.join(root, 'cg/memory/me'),
      pids: path.join(root, 'cg/pids/me'),
    });
  });

  it('takes of version 2 the nearest folder whose children have the controllers', () => {
    file('proc/self/mountinfo', mount('/', '/cg', 'cgroup2', 'rw'));
    file('proc/self/cgroup', '0::/user/app/me.scope\n');
    file('cg/user/app/me.scope/cgroup.subtree_control', '\n');
    file('cg/user/app/cgroup.subtree_control', 'cpu memory pids\n');
    const app = path.join(root, 'cg/user/app');
    expect(findCgroupParents(root)).toEqual({ version: 2, memory: app, pids: app });
    file('cg/user/app/cgroup.subtree_control', 'cpu\n');
    expect(findCgroupParents(root)).toBeNull();
  });

  it('is null without cgroups, and where none can be made', () => {
    expect(findCgroupParents(root)).toBeNull();
    file('proc/self/mountinfo', mount('/', '/absent', 'cgroup', 'rw,memory'));
    file('proc/self/cgroup', '4:memory:/me\n');
    expect(findCgroupParents(root)).toBeNull();
  });

  it('removes what a process that is gone has left, and nothing else', () => {
    file('proc/self/mountinfo', mount('/', '/cg', 'cgroup', 'rw,memory'));
    file('proc/self/cgroup', '4:memory:/\n');
    // No process has this number: it is beyond the largest that Linux gives.
    for (const name of ['codejury-4194305-1', `codejury-${process.pid}-x`, 'other']) {
      mkdirSync(path.join(root, 'cg', name), { recursive: true });
    }
    findCgroupParents(root);
    expect(readdirSync(path.join(root, 'cg')).sort()).toEqual([`codejury-${process.pid}-x`, 'other'].sort());
  });
});

describe('createCgroup', () => {
  const limits = resolveLimits({ memoryBytes: 123, processes: 4 });

  it('writes the limits of version 2, and counts the kills of its own', () => {
    createCgroup({ version: 2, memory: root, pids: root }, limits).add(77);
    const [name] = readdirSync(root);
    const read = (file: string) => readFileSync(path.join(root, name ?? '', file), 'utf8');
    expect([read('memory.max'), read('pids.max'), read('cgroup.procs')]).toEqual(['123', '4', '77']);
  });

  it('reads kills for want of memory', () => {
    const cgroup = createCgroup({ version: 1, memory: root, pids: null }, limits);
    const [name] = readdirSync(root);
    expect(cgroup.memoryKills()).toBe(0);
    file(`${name}/memory.oom_control`, 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n');
    expect(cgroup.memoryKills()).toBe(3);
  });

  it('leaves nothing when it cannot be made', () => {
    const parents = { version: 1, memory: root, pids: path.join(root, 'absent') } as const;
    expect(() => createCgroup(parents, limits)).toThrow('ENOENT');
    expect(readdirSync(root)).toEqual([]);
    expect(existsSync(root)).toBe(true);
  });
});
