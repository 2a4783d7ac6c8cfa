import { lstatSync, readlinkSync } from 'node:fs';
import { CodejuryError } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { type Limits, resolveLimits } from '../limits.ts';
import { type CgroupParents, findCgroupParents } from './cgroup.ts';
import { findOnPath } from './find-on-path.ts';
import { EACH_PROCESS, limitScript } from './limit-script.ts';
import { runContained } from './run-contained.ts';
import type { Protection, Sandbox, SandboxCommand, SandboxProcess, SandboxRun } from './sandbox.ts';
import { seccompFilter } from './seccomp-filter.ts';
import { FIRST_INPUT, startContained } from './start-contained.ts';

/** The system's folders beside /usr; on most systems links into it. */
const SYSTEM_FOLDERS = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** The user that owns nothing: what runs started by root are changed to. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const ENVIRONMENT = { PATH: '/usr/bin:/bin', HOME: '/tmp', TMPDIR: '/tmp', LANG: 'C.UTF-8' };

/** How bubblewrap is started on this machine. */
interface Setup {
  readonly program: string;
  readonly systemBinds: readonly string[];
  readonly user: typeof NOBODY | null;
  readonly cgroups: CgroupParents | null;
  /** System call filter; null = none. */
  readonly filter: Buffer | null;
}

/**
 * The sandbox made by bubblewrap: no network, `/usr` and what the command asks for read-only and nothing else of the disk, a
 * scratch folder in memory, own process numbers, no rights. It was tried once when this resolves.
 *
 * @throws {CodejuryError} `sandbox` when bubblewrap is missing, older than 0.8, or not allowed to work here.
 */
export async function openBubblewrap(hostEnv: Environment): Promise<Sandbox> {
  const program = process.platform === 'linux' ? findOnPath('bwrap', hostEnv) : null;
  if (program === null) {
    throw new CodejuryError('sandbox', 'bubblewrap (bwrap) is not installed');
  }
  const base = { program, systemBinds: systemBinds(), cgroups: findCgroupParents() };
  const isRoot = process.getuid?.() === 0;
  // A container may allow namespaces to root alone; a kernel may have no filters.
  const users = isRoot ? [NOBODY, null] : [null];
  const setups = [true, false].flatMap((filters) =>
    users.map((user) => ({
      ...base,
      user,
      filter: filters ? seccompFilter(process.arch, isRoot && user === null) : null,
    })),
  );
  let refusal: CodejuryError | null = null;
  for (const setup of setups) {
    const { user } = setup;
    try {
      await tryOut(setup);
      return toSandbox(setup, hostEnv, isRoot && user === null);
    } catch (error) {
      if (!(error instanceof CodejuryError)) throw error;
      refusal ??= error;
    }
  }
  throw refusal ?? new CodejuryError('sandbox', 'bubblewrap was not tried');
}

function toSandbox(setup: Setup, hostEnv: Environment, keepsRoot: boolean): Sandbox {
  return {
    kind: 'bubblewrap',
    protections: describeProtections(setup, keepsRoot),
    hostEnv,
    // Without the filter, one candidate could change limits and priority of the process that serves the next.
    canReuse: setup.filter !== null,
    run: async (command) => runContained(startInside(setup, command, true), command),
    start: (command) => startInside(setup, command, false),
  };
}

function startInside(setup: Setup, command: SandboxCommand, isRun: boolean): SandboxProcess {
  const script = limitScript(command.limits, {
    capProcesses: true,
    capAddressSpace: command.capAddressSpace ?? true,
    capTime: isRun,
  });
  return startContained(
    {
      argv: [
        setup.program,
        ...bubblewrapFlags(setup, command),
        ...['--', '/bin/sh', '-c', script, 'sh'],
        ...command.argv,
      ],
      // Empty: /proc/1/environ inside is bubblewrap's own, whatever --clearenv says.
      env: {},
      cwd: '/',
      user: setup.user,
      cgroups: setup.cgroups,
      inputs: inputsOf(setup, command),
      endsOnLongStderr: isRun,
    },
    command.limits,
  );
}

/** Files first, the filter behind them. */
function inputsOf({ filter }: Setup, { files = [] }: SandboxCommand): (string | Buffer)[] {
  return [...files.map(({ content }) => content), ...(filter === null ? [] : [filter])];
}

function bubblewrapFlags(setup: Setup, command: SandboxCommand): string[] {
  const environment = { ...ENVIRONMENT, ...command.env };
  const files = command.files ?? [];
  return [
    // --disable-userns: a nested user namespace would hand capabilities back.
    ...['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'],
    ...(command.isInit ? ['--as-pid-1'] : []),
    ...['--hostname', 'sandbox', '--cap-drop', 'ALL', '--clearenv'],
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...setup.systemBinds,
    // Read-only: to a root user's process, all of /proc/sys is writable, the program that handles core dumps included.
    ...(command.proc ? ['--proc', '/proc', '--remount-ro', '/proc'] : []),
    ...['--dev', '/dev'],
    ...['--size', String(command.limits.scratchBytes), '--tmpfs', '/tmp', '--chdir', '/tmp'],
    ...files.flatMap(({ path, writable }, index) => [
      ...['--perms', writable ? '0644' : '0444'],
      ...[writable ? '--file' : '--ro-bind-data', String(FIRST_INPUT + index), `/tmp/${path}`],
    ]),
    ...(command.readOnlyBinds ?? []).flatMap(({ source, target }) => ['--ro-bind', source, target]),
    ...(setup.filter === null ? [] : ['--seccomp', String(FIRST_INPUT + files.length)]),
    // After everything is mounted; /dev would offer /dev/shm as unlimited scratch space.
    ...['--remount-ro', '/', '--remount-ro', '/dev'],
  ];
}

function systemBinds(): string[] {
  return [
    ...['--ro-bind', '/usr', '/usr'],
    ...SYSTEM_FOLDERS.flatMap((folder) => {
      const stats = lstatSync(folder, { throwIfNoEntry: false });
      if (stats === undefined) return [];
      return stats.isSymbolicLink()
        ? ['--symlink', readlinkSync(folder), folder]
        : ['--ro-bind', folder, folder];
    }),
  ];
}

/**
 * Prints a line for each thing that should not be possible; writes nothing, in case nothing contains it. Its argument is
 * what the kernel calls the mode of the filter, where there has to be one.
 */
const TRIAL = `
[ -e /etc/shadow ] || [ -e /root ] || [ -e /home ] && echo "the host's files are visible"
[ -w /usr ] && echo "/usr is writable"
[ -w /proc/sys/kernel/core_pattern ] && echo "/proc is writable"
[ -w /dev/shm ] && echo "/dev/shm is writable"
[ -w /tmp ] || echo "no scratch space"
while read -r name rest; do
  case $name in lo:) ;; *:*) echo "network device $name is visible" ;; esac
done < /proc/net/dev
while read -r name value; do
  [ "$name$1" = Seccomp:2 ] && [ "$value" != 2 ] && echo "the system call filter does not work"
done < /proc/self/status
[ "$(ulimit -H -t)" = unlimited ] && echo "CPU time is not limited"
[ "$(ulimit -H -f)" = unlimited ] && echo "file size is not limited"
[ "$(ulimit -H -v)" = unlimited ] && echo "memory is not limited"
echo tried`;

async function tryOut(setup: Setup): Promise<void> {
  const limits: Limits = resolveLimits({ wallTimeMs: 10_000 });
  const trial: SandboxRun = {
    argv: ['/bin/sh', '-c', TRIAL, 'sh', setup.filter === null ? '' : '2'],
    proc: true,
    limits,
    signal: new AbortController().signal,
  };
  const result = await runContained(startInside(setup, trial, true), trial);
  const said = result.stdout.toString().trim();
  if (said !== 'tried') {
    const complaint =
      said.replace(/\s*tried$/, '') || result.stderr.toString().trim() || `ended by ${result.endedBy}`;
    const hint = explainRefusal(complaint);
    throw new CodejuryError('sandbox', `bubblewrap does not work here: ${complaint}`, { hint });
  }
}

function explainRefusal(complaint: string): string {
  if (/disable-userns/.test(complaint)) {
    return 'install bubblewrap 0.8 or newer';
  }
  if (/namespace|permission|permitted|uid map/i.test(complaint)) {
    return 'allow unprivileged user namespaces (Ubuntu: an AppArmor profile for bwrap; containers: a seccomp profile that permits unshare)';
  }
  return '`bwrap --version` must say 0.8 or newer';
}

function describeProtections(setup: Setup, keepsRoot: boolean): Protection[] {
  const { cgroups } = setup;
  const together = `cgroup v${cgroups?.version} of the run`;
  const on = (name: string, detail: string): Protection => ({ name, active: true, detail });
  return [
    on('no network', 'own network namespace without devices but its own loopback'),
    on('read-only system', '/usr and what a language needs beside it are visible; no home folder'),
    on('private scratch space', '/tmp in memory, limited in size, gone after the run'),
    on('private processes', 'own process numbers; every process dies with the run, and with codejury'),
    on('clean environment', 'bubblewrap starts with an empty environment'),
    on('no privileges', 'all capabilities dropped, no nested user namespaces'),
    {
      name: 'no root',
      active: !keepsRoot,
      detail: keepsRoot
        ? 'only root may make namespaces here, so runs keep its user id, without capabilities'
        : 'runs have the rights of an ordinary user',
    },
    on('time', 'wall clock, and CPU time of each process'),
    on('output', 'each stream is cut and the run killed'),
    {
      name: 'memory of all processes together',
      active: cgroups?.memory != null,
      detail: cgroups?.memory != null ? together : `no writable memory cgroup: ${EACH_PROCESS}`,
    },
    {
      name: 'number of processes',
      active: cgroups?.pids != null || !keepsRoot,
      detail:
        cgroups?.pids != null
          ? together
          : 'no writable pids cgroup: resource limit of the namespace (Linux 5.14 or newer)',
    },
    {
      name: 'system call filter',
      active: setup.filter !== null,
      detail:
        setup.filter === null
          ? `none: not known for ${process.arch}, or the kernel has no filters`
          : 'no tracing, mounts, namespaces, keys, shared memory, io_uring, bpf or foreign sockets',
    },
  ];
}
