import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../src/execute/sandbox/sandbox.ts';

let group: string | null | undefined;

/**
 * CPU time of this process and of everything it started, in milliseconds. Counted by a cgroup (version 1, where this user
 * may make one); else by the system's account of children that were waited for, in steps of 10, which misses what was killed.
 */
export function cpuMs(): number {
  group ??= joinGroup();
  if (group !== null) return Number(readFileSync(join(group, 'cpuacct.usage'), 'utf8')) / 1e6;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + 10 * Number(ticks), 0);
}

/** What the figures count. */
export function cpuAccount(): string {
  cpuMs();
  return group === null ? 'CPU time of children that were waited for' : 'CPU time counted by a cgroup';
}

function joinGroup(): string | null {
  try {
    const own = /^\d+:[^:]*\bcpuacct\b[^:]*:(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1];
    if (own === undefined) return null;
    const parent = join('/sys/fs/cgroup/cpuacct', own);
    const made = join(parent, `codejury-bench-${process.pid}`);
    mkdirSync(made);
    writeFileSync(join(made, 'cgroup.procs'), String(process.pid));
    process.once('exit', () => {
      writeFileSync(join(parent, 'cgroup.procs'), String(process.pid));
      rmdirSync(made);
    });
    return made;
  } catch {
    // Another version, or not allowed: the system's account it is.
    return null;
  }
}

/** Servers end by themselves when asked to: the system's account has only children that were waited for. */
export function endingQuietly(sandbox: Sandbox): Sandbox {
  return {
    ...sandbox,
    start: (command) => {
      const started = sandbox.start(command);
      return {
        ...started,
        kill: (reason) => (reason === 'exit' ? started.closeStdin() : started.kill(reason)),
      };
    },
  };
}
