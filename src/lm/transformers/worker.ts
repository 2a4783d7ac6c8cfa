import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { CodejuryError, type ErrorCode } from '../../errors.ts';
import type { Environment } from '../../io/environment.ts';

const answerSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('ready'), maxTokens: z.int(), classes: z.int() }),
  z.object({
    event: z.literal('answer'),
    id: z.int(),
    probabilities: z.array(z.number().min(0).max(1)),
    promptTokens: z.int(),
  }),
  z.object({
    event: z.literal('error'),
    id: z.int().optional(),
    code: z.string(),
    message: z.string(),
    hint: z.string().nullable(),
  }),
]);
type Answer = z.infer<typeof answerSchema>;
export type ClassAnswer = Pick<Extract<Answer, { event: 'answer' }>, 'probabilities' | 'promptTokens'>;

export interface WorkerOptions {
  /** For messages. */
  readonly name: string;
  /** Python of the trainer's environment. */
  readonly python: string;
  /** Folder of the Python package. */
  readonly trainer: string;
  /** Folder of the model. */
  readonly path: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/** A Python process with a model loaded, asked in JSON lines; it ends with the pipe to it. */
export interface Worker {
  readonly maxTokens: number;
  readonly classes: number;
  readonly ask: (text: string) => Promise<ClassAnswer>;
  readonly dispose: () => Promise<void>;
}

/** What is kept of what it says on the side, in characters: the end, where errors are. */
const KEPT = 4000;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** @throws {CodejuryError} what the worker tells; `engine` when it ends without a word; `not-found` without Python; `aborted`. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { name, python, trainer, path, env, signal } = options;
  const child = spawn(python, ['-m', 'codejury_trainer.serve', path], {
    env: { ...env, PYTHONPATH: trainer, PYTHONUNBUFFERED: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    signal,
  });
  const waiting = new Map<number, Waiting>();
  let said = '';
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  child.stderr.on('data', (chunk) => {
    said = (said + String(chunk)).slice(-KEPT);
  });
  // A write to a worker that has ended: its end is told below.
  child.stdin.on('error', () => undefined);
  child.once('error', (error) => failAll(startFault(python, error, signal)));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      const last = said.trim().split('\n').at(-1) ?? '';
      failAll(new CodejuryError('engine', `${name}: the worker ended: ${last}`));
      resolve();
    });
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = parseAnswer(line);
    if (answer === null) return;
    const id = (answer.event === 'ready' ? null : answer.id) ?? READY;
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });
  const answerOf = (id: number) =>
    new Promise<Answer>((resolve, reject) => waiting.set(id, { resolve, reject }));
  const ready = await answerOf(READY);
  if (ready.event !== 'ready') throw faultOf(name, ready);
  let next = READY + 1;
  return {
    maxTokens: ready.maxTokens,
    classes: ready.classes,
    ask: async (text) => {
      const id = next++;
      if (child.exitCode !== null) throw new CodejuryError('engine', `${name}: the worker has ended`);
      const answer = answerOf(id);
      child.stdin.write(`${JSON.stringify({ id, text })}\n`);
      const found = await answer;
      if (found.event !== 'answer') throw faultOf(name, found);
      return found;
    },
    dispose: () => stop(child, ended),
  };
}

/** The id under which the first word of the worker is waited for. */
const READY = 0;

function parseAnswer(line: string): Answer | null {
  if (!line.startsWith('{')) return null;
  return answerSchema.safeParse(JSON.parse(line)).data ?? null;
}

function faultOf(name: string, answer: Answer): CodejuryError {
  if (answer.event !== 'error') return new CodejuryError('engine', `${name}: an answer out of turn`);
  const known: readonly ErrorCode[] = ['context-length', 'model', 'capability', 'usage'];
  const code = known.find((code) => code === answer.code) ?? 'engine';
  return new CodejuryError(
    code,
    `${name}: ${answer.message}`,
    answer.hint === null ? {} : { hint: answer.hint },
  );
}

function startFault(python: string, cause: Error, signal: AbortSignal): CodejuryError {
  return signal.aborted
    ? new CodejuryError('aborted', 'interrupted', { cause })
    : new CodejuryError('not-found', `cannot start ${python}`, {
        hint: '`codejury train --setup` installs what it needs',
        cause,
      });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.stdin?.end();
  child.kill();
  await ended;
}
