import { CodejuryError } from '../../../errors.ts';
import { resolveLimits } from '../../limits.ts';
import { runContained } from '../run-contained.ts';
import type { SandboxCommand, SandboxProcess } from '../sandbox.ts';
import { OWN_PROCESSES } from './container-arguments.ts';
import type { EngineName } from './container-engine.ts';

/** What the trial finds to hold, beyond what must. */
export interface Facts {
  readonly memory: boolean;
  readonly processes: boolean;
  readonly filter: boolean;
}

const TRIAL_LIMITS = resolveLimits({ wallTimeMs: 60_000 });

/**
 * Prints a line for each thing that should not be possible, and `+` with a name for what is not everywhere; writes nothing, in
 * case nothing contains it. Arguments: the limits of memory and processes.
 */
const TRIAL = `
while read -r name value rest; do
  case $name in
    Uid:) [ "$value" = 0 ] && echo "runs have root's rights" ;;
    CapEff:|CapPrm:) [ "$value" = 0000000000000000 ] || echo "runs have capabilities" ;;
    NoNewPrivs:) [ "$value" = 1 ] || echo "runs may gain privileges" ;;
    Seccomp:) [ "$value" = 2 ] && echo +filter ;;
  esac
done </proc/self/status
while read -r device folder rest; do
  # Of devices, such as the /dev/null over what an engine hides, nothing is kept; of /dev/mqueue the limit is 0.
  case $folder in /tmp|/dev/mqueue) continue ;; esac
  { [ -d "$folder" ] || [ -f "$folder" ]; } && [ -w "$folder" ] && echo "$folder is writable"
done </proc/self/mounts
[ -w /tmp ] || echo "no scratch space"
while read -r name rest; do
  case $name in lo:) ;; *:*) echo "network device $name is visible" ;; esac
done </proc/net/dev
[ "$(ulimit -H -t)" = unlimited ] && echo "CPU time is not limited"
[ "$(ulimit -H -f)" = unlimited ] && echo "file size is not limited"
limit() { cat "/sys/fs/cgroup/$1" 2>/dev/null || cat "/sys/fs/cgroup/$2" 2>/dev/null; }
[ "$(limit memory.max memory/memory.limit_in_bytes)" = "$1" ] && echo +memory
[ "$(limit pids.max pids/pids.max)" = "$2" ] && echo +processes
echo tried`;

/**
 * Has a container look around in itself.
 *
 * @throws {CodejuryError} `sandbox` when something is possible that should not be, or nothing runs at all.
 */
export async function tryContainer(
  start: (command: SandboxCommand) => SandboxProcess,
  name: EngineName,
): Promise<Facts> {
  const limits = [TRIAL_LIMITS.memoryBytes, TRIAL_LIMITS.processes + OWN_PROCESSES];
  const trial = {
    argv: [...['/bin/sh', '-c', TRIAL, 'sh'], ...limits.map(String)] as [string, ...string[]],
    limits: TRIAL_LIMITS,
    signal: new AbortController().signal,
  };
  const { stdout, stderr, endedBy } = await runContained(start(trial), trial);
  const said = stdout.toString().trim().split('\n');
  const complaints = said.filter((line) => line !== 'tried' && !line.startsWith('+'));
  if (said.at(-1) === 'tried' && complaints.length === 0) {
    return {
      memory: said.includes('+memory'),
      processes: said.includes('+processes'),
      filter: said.includes('+filter'),
    };
  }
  const complaint =
    complaints.join('; ') || stderr.toString().trim().split('\n').at(-1) || `ended by ${endedBy}`;
  throw new CodejuryError('sandbox', `${name} does not contain what runs in it: ${complaint}`);
}
