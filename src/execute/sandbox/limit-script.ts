import type { Limits } from '../limits.ts';

export interface LimitScriptOptions {
  /** False where the system counts the user's processes on the whole machine instead of those of one sandbox. */
  readonly capProcesses: boolean;
  /** False for what reserves far more than it uses: then what it could write is capped, higher. */
  readonly capAddressSpace: boolean;
  /** False for a process that serves many runs. */
  readonly capTime: boolean;
}

/** Open files of one process: enough for tests, few enough that closing all of them before an exec is quick. */
const OPEN_FILES = 256;

/** What engines of languages keep ready to be written without using it: the system counts it all the same. */
const RESERVED_BYTES = 640 * 1024 ** 2;

/** Seconds between the signal that a program may handle (SIGXCPU) and the one it may not. */
const CPU_KILL_DELAY_S = 2;

/** For people: what is left of the memory limit where no cgroup counts all processes together. */
export const EACH_PROCESS = 'each process is limited by itself, many together are not';

/**
 * The limits as a POSIX shell script that ends in `exec "$@"`. Soft and hard limits are set, so that the program cannot
 * raise them again. A limit that is already lower stays.
 */
export function limitScript(limits: Limits, options: LimitScriptOptions): string {
  const cpuSeconds = Math.ceil(limits.cpuTimeMs / 1000);
  const lines = [
    ...(options.capTime
      ? [`ulimit -S -t ${cpuSeconds}`, `ulimit -H -t ${cpuSeconds + CPU_KILL_DELAY_S}`]
      : []),
    // POSIX: blocks of 512 bytes.
    `ulimit -f ${Math.ceil(limits.fileBytes / 512)}`,
    'ulimit -c 0',
    `ulimit -n ${OPEN_FILES}`,
  ];
  if (options.capAddressSpace) {
    lines.push(`ulimit -v ${Math.ceil(limits.memoryBytes / 1024)}`);
  } else {
    lines.push(`ulimit -d ${Math.ceil((limits.memoryBytes + RESERVED_BYTES) / 1024)}`);
  }
  if (options.capProcesses) {
    // dash has -p where bash and busybox have -u.
    lines.push(`ulimit -u ${limits.processes} 2>/dev/null || ulimit -p ${limits.processes}`);
  }
  return [...lines.map((line) => `{ ${line}; } 2>/dev/null`), 'exec "$@"'].join('\n');
}
