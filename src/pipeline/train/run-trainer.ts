import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';
import { errorCode } from '../../io/error-code.ts';
import { parseTrainerEvent, type TrainerEvent } from '../../train/trainer-event.ts';
import { codeOfFault } from './trainer-fault.ts';

export interface TrainerRequest {
  /** The run folder. */
  readonly folder: string;
  readonly python: string;
  /** The folder of the Python package. */
  readonly trainer: string;
  /** Of `accelerate`; null = one process. */
  readonly accelerateConfig: string | null;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainerEvent) => void;
}

/** The trainer's own words, in the run folder. */
export const TRAINER_LOG = 'trainer.log';

/**
 * Runs the trainer on a run folder to its end; everything it prints is kept in `trainer.log`. An interrupt lets it write a
 * checkpoint; so does the death of this process, whose end of a pipe it watches.
 *
 * @throws {CodejuryError} what the trainer told; `engine` when it was killed or ended without a word; `not-found` when there
 *   is no Python; `aborted`.
 */
export async function runTrainer(request: TrainerRequest): Promise<void> {
  const { folder, env, signal, trainer } = request;
  throwIfAborted(signal);
  const child = spawn(request.python, argumentsOf(request), {
    env: { ...env, PYTHONPATH: trainer, PYTHONUNBUFFERED: '1', CODEJURY_TRAINER_WATCH: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own group: a Ctrl-C on the terminal reaches this process alone, which then asks the trainer to stop.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  try {
    await finish(child, request);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new CodejuryError('not-found', `there is no Python ${request.python}`, { cause: error });
    }
    throwIfAborted(signal);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  throwIfAborted(signal);

  function argumentsOf({ accelerateConfig }: TrainerRequest): string[] {
    return accelerateConfig === null
      ? ['-m', 'codejury_trainer', folder]
      : ['-m', 'codejury_trainer.launch', accelerateConfig, folder];
  }
}

async function finish(child: ChildProcess, { folder, onEvent }: TrainerRequest): Promise<void> {
  const logPath = join(folder, TRAINER_LOG);
  const log = createWriteStream(logPath, { flags: 'a' });
  const end = { done: false, fault: null as Extract<TrainerEvent, { event: 'error' }> | null };
  const { stdout, stderr, stdin } = child;
  if (stdout === null || stderr === null) throw new Error('the trainer has no pipes');
  // Nothing is written to it: it stays open as long as this process lives.
  stdin?.on('error', () => undefined);
  stderr.pipe(log, { end: false });
  createInterface({ input: stdout }).on('line', (line) => {
    log.write(`${line}\n`);
    const event = parseTrainerEvent(line);
    // Of several processes, the others then tell that one is gone.
    if (event?.event === 'error') end.fault ??= event;
    else if (event?.event === 'done') end.done = true;
    if (event !== null) onEvent(event);
  });
  const [status, killer] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve([code, signal]));
  });
  await new Promise((resolve) => log.end(resolve));
  if (end.done && status === 0) return;
  const { fault } = end;
  if (fault !== null) {
    throw new CodejuryError(codeOfFault(fault.code), fault.message, {
      hint: fault.hint ?? `what it said last is in ${logPath}`,
    });
  }
  throw new CodejuryError(
    'engine',
    killer === null ? `the trainer ended with status ${status}` : `the trainer was killed (${killer})`,
    {
      hint:
        killer === 'SIGKILL'
          ? 'most often the memory was too small: use a smaller --batch-size or --max-length; the same command goes on from the last checkpoint'
          : `what it said last is in ${logPath}; the same command goes on from the last checkpoint`,
    },
  );
}
