import { limitScript } from '../limit-script.ts';
import type { SandboxCommand, SandboxFile } from '../sandbox.ts';

/** What the prelude prints when everything is in place, before the command starts: nothing inside spoke before it. */
export const READY = '.';

/** Bytes that a file's name, its length and its mode take among the arguments are few; its content comes by stdin. */
const PUT = `put() {
  case $3 in */*) mkdir -p "\${3%/*}" ;; esac
  if [ "$1" -eq 0 ]; then : >"$3"; else dd bs="$1" count=1 iflag=fullblock of="$3" 2>/dev/null; fi && chmod "$2" "$3"
}
count=$1; shift
while [ "$count" -gt 0 ]; do
  put "$1" "$2" "$3" || { echo "cannot write $3" >&2; exit 125; }
  count=$((count - 1)); shift 3
done`;

/** The image says where its programs are; nothing else of its environment counts. */
const RUN = 'env -i PATH="$PATH" "$@"';

/** Says on the command's own stderr, behind everything else, when the kernel has killed something for want of memory. */
const RUN_AND_REPORT = `exec 3>&2 2>/dev/null
${RUN} 2>&3 3>&-
status=$?
for file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
  [ -r $file ] && while read -r name value; do
    [ "$name" = oom_kill ] && [ "$value" != 0 ] && printf %s "$mark" >&3
  done <$file
done
exit $status`;

/** A container's first process: program, arguments, and what it is given before the command's own input. */
export interface Prelude {
  readonly entry: string;
  readonly args: readonly string[];
  readonly input: readonly (string | Buffer)[];
}

/**
 * Puts files into the working folder, sets limits and starts the command: all that a container needs and an engine does not do,
 * without a mount, so that the engine may be on another machine. With `isInit` the command takes the place of the first process.
 *
 * @param mark printed at the end of stderr when processes were killed for want of memory; never with `isInit`
 */
export function prelude(command: SandboxCommand, isRun: boolean, mark: string): Prelude {
  const { files = [], limits, argv, env } = command;
  const environment = { HOME: '/tmp', TMPDIR: '/tmp', LANG: 'C.UTF-8', ...env };
  const limitsScript = limitScript(limits, {
    // Would count what that user runs in all containers; the engine counts those of one.
    capProcesses: false,
    capAddressSpace: command.capAddressSpace ?? true,
    capTime: isRun,
  });
  const script = [
    PUT,
    `mark=${mark}`,
    `printf %s '${READY}'`,
    command.isInit ? `exec ${RUN}` : RUN_AND_REPORT,
  ];
  return {
    entry: '/bin/sh',
    args: [
      ...['-c', script.join('\n'), 'sh', String(files.length)],
      ...files.flatMap(({ path, content, writable }) => [
        String(Buffer.byteLength(content)),
        writable ? '644' : '444',
        path,
      ]),
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      ...['/bin/sh', '-c', limitsScript, 'sh', ...argv],
    ],
    input: files.map(({ content }: SandboxFile) => content),
  };
}
