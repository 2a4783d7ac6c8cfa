import type { Limits } from '../../limits.ts';

export interface ContainerSetup {
  readonly engine: 'docker' | 'podman';
  readonly image: string;
  /** File with the system call filter; null = the engine's own. */
  readonly profile: string | null;
  /** Of everything that this process starts, so that all of it can be found. */
  readonly label: string;
}

/** The user that owns nothing, in every image. */
const NOBODY = 65_534;

/**
 * Arguments of the engine's client that start a container which can do nothing but compute: they end with the image and the
 * arguments of its first process.
 */
export function containerArguments(
  { engine, image, profile, label }: ContainerSetup,
  name: string,
  limits: Pick<Limits, 'memoryBytes' | 'processes' | 'scratchBytes'>,
  first: { readonly entry: string; readonly args: readonly string[] },
): string[] {
  const memory = String(limits.memoryBytes);
  const scratch = [
    ...['rw', 'exec', 'nosuid', 'nodev', 'mode=1777', `size=${limits.scratchBytes}`],
    // What the image has there would be copied.
    ...(engine === 'podman' ? ['notmpcopyup'] : []),
  ];
  return [
    ...['run', '--rm', '--interactive', '--pull', 'never', '--name', name, '--label', label],
    ...['--network', 'none', '--ipc', 'none', '--cgroupns', 'private', '--hostname', 'sandbox'],
    ...['--user', `${NOBODY}:${NOBODY}`, '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ...(profile === null ? [] : ['--security-opt', `seccomp=${profile}`]),
    ...['--read-only', '--tmpfs', `/tmp:${scratch.join(',')}`, '--workdir', '/tmp'],
    ...(engine === 'podman' ? PODMAN_ONLY : []),
    ...[
      '--memory',
      memory,
      '--memory-swap',
      memory,
      '--pids-limit',
      String(limits.processes + OWN_PROCESSES),
    ],
    // The others are set inside. Queues of messages would outlive their process.
    ...['--ulimit', 'nofile=256:256', '--ulimit', 'msgqueue=0:0', '--ulimit', 'core=0:0'],
    // What it prints is read here; engines would keep a copy on the disk.
    ...['--log-driver', 'none', '--no-healthcheck'],
    ...['--entrypoint', first.entry, image, ...first.args],
  ];
}

/** No scratch space besides, none of the host's names and addresses, no variables of its proxy. */
const PODMAN_ONLY = ['--read-only-tmpfs=false', '--image-volume=ignore', '--no-hosts', '--http-proxy=false'];

/** The first process, which waits for the command. */
export const OWN_PROCESSES = 1;
