import type { Limits } from '../limits.ts';
import { limitScript } from '../sandbox/limit-script.ts';

export interface DriverCommands {
  /** Null = nothing to compile. */
  readonly compile: readonly string[] | null;
  /** Null = compiling is all. */
  readonly run: readonly string[] | null;
  /** Removed from the working folder before the run: what only the compiler needs. */
  readonly removed: readonly string[];
  /** What only this script knows, so that nothing a compiler prints can be taken for its words. */
  readonly mark: string;
  readonly compileCpuTimeMs: number;
  readonly runLimits: Limits;
}

/** Bytes of a compiler's output that are handed on. */
const COMPILER_OUTPUT_BYTES = 64 * 1024;

/** What a compiler prints goes to this file first. */
const COMPILER_OUTPUT = '.codejury-compiler';

/**
 * A POSIX shell script that compiles and runs in one sandbox. The first line it prints is `MARK STATUS` with the exit status
 * of the compiler (0 where nothing is compiled). If that is not 0 the compiler's output follows. Otherwise the script is
 * replaced by the run command, both of whose streams are standard output: nothing of it is left that the run could ask or
 * pretend to be, and its exit status is the sandbox's.
 */
export function driverScript({ compile, run, removed, mark, ...limits }: DriverCommands): string {
  const compileLimits = { ...limits.runLimits, cpuTimeMs: limits.compileCpuTimeMs };
  const report = (status: string) => `printf '%s %s\\n' ${quote(mark)} ${status}`;
  return [
    ...(compile === null
      ? []
      : [
          // In a shell of its own: if the compiler is killed for a file too long, nobody must write to that file.
          `( exec ${limited(compile, compileLimits)} >${COMPILER_OUTPUT} 2>&1 </dev/null )`,
          'status=$?',
          `if [ $status -ne 0 ]; then ${report('$status')}; head -c ${COMPILER_OUTPUT_BYTES} ${COMPILER_OUTPUT}; exit 0; fi`,
        ]),
    `rm -f ${[COMPILER_OUTPUT, ...removed].map(quote).join(' ')}`,
    report('0'),
    ...(run === null ? [] : [`exec ${limited(run, limits.runLimits)} 2>&1`]),
  ].join('\n');
}

function limited(argv: readonly string[], limits: Limits): string {
  // The sandbox has set the others already.
  const script = limitScript(limits, { capProcesses: false, capAddressSpace: false, capTime: true });
  return ['/bin/sh', '-c', script, 'sh', ...argv].map(quote).join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
