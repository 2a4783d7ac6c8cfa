import { CodejuryError } from '../errors.ts';
import { exitStatus } from './exit-status.ts';
import { onInterrupt } from './interrupt.ts';
import { buildProgram } from './program.ts';
import { showError } from './show-error.ts';

/**
 * Runs one command line and returns its exit status: 0 done, 1 operational error, 2 wrong usage or config, 3 gate not
 * met, 130 interrupted.
 */
export async function run(argv: readonly string[]): Promise<number> {
  // A reader that went away (`| head`) is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const interrupt = onInterrupt();
  let status = 0;
  const program = buildProgram({
    signal: interrupt.signal,
    setStatus: (value) => {
      status = value;
    },
  });
  try {
    await program.parseAsync([...argv]);
    return interrupt.signal.aborted ? 130 : status;
  } catch (error) {
    if (isCommanderExit(error)) {
      return error.exitCode === 0 ? 0 : 2;
    }
    if (interrupt.signal.aborted) {
      return 130;
    }
    showError(error, argv.includes('--json'));
    return error instanceof CodejuryError ? exitStatus(error.code) : 1;
  } finally {
    interrupt.dispose();
  }
}

function isCommanderExit(error: unknown): error is { exitCode: number } {
  return error instanceof Error && error.constructor.name.startsWith('Commander');
}
