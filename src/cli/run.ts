import type { Command } from 'commander';
import { CodejuryError } from '../errors.ts';
import { cannotWrite } from '../io/cannot-write.ts';
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
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    showError(cannotWrite('to standard output', error), argv.includes('--json'));
    process.exit(1);
  });
  const interrupt = onInterrupt();
  let status = 0;
  const json = argv.includes('--json');
  const program = buildProgram({
    signal: interrupt.signal,
    setStatus: (value) => {
      status = value;
    },
  });
  if (json) {
    silenceParser(program);
  }
  try {
    await program.parseAsync([...argv]);
    return interrupt.signal.aborted ? 130 : status;
  } catch (error) {
    if (isCommanderExit(error)) {
      if (json && error.exitCode !== 0) {
        showError(new CodejuryError('usage', error.message.replace(/^error: /, '')), json);
      }
      return error.exitCode === 0 ? 0 : 2;
    }
    if (interrupt.signal.aborted) {
      return 130;
    }
    showError(error, json);
    return error instanceof CodejuryError ? exitStatus(error.code) : 1;
  } finally {
    interrupt.dispose();
  }
}

/** Programs get the parser's complaints as JSON, like every other error. */
function silenceParser(command: Command): void {
  command.configureOutput({ writeErr: () => undefined });
  command.commands.forEach(silenceParser);
}

function isCommanderExit(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Error && error.constructor.name.startsWith('Commander');
}
