import { CodejuryError } from '../../errors.ts';
import type { SandboxEnd, SandboxProcess } from '../sandbox/sandbox.ts';
import { encodeNetstring } from './netstrings.ts';

export interface AskOptions {
  /** Netstrings that make the answer, e.g. 2 for "ready" and a verdict. */
  readonly parts: number;
  /** Milliseconds until the session is killed for want of an answer. */
  readonly wallTimeMs: number;
  /** Longest answer in bytes; more kills the session. */
  readonly outputBytes: number;
  readonly signal: AbortSignal;
}

/** Bytes that no answer of a runner takes, whatever a candidate's message holds; for AskOptions. */
export const LONGEST_ANSWER_BYTES = 256 * 1024;

/** What came of a request. After anything but `complete` the session is over. */
export type Answer =
  | { readonly kind: 'complete'; readonly parts: readonly Buffer[]; readonly durationMs: number }
  /** It ended, was killed, or said what no answer is: the parts that came before, and how it ended. */
  | { readonly kind: 'broken'; readonly parts: readonly Buffer[]; readonly end: SandboxEnd };

/** A process in a sandbox that answers one request after another in netstrings. */
export interface Session {
  /** False once it ended or spoke out of turn: then nobody may be served by it again. */
  readonly isOpen: boolean;
  /** Requests it has been sent. */
  readonly asked: number;
  /** Sends a request (each field a netstring, all of them in one) and waits for its answer. One at a time. */
  ask(fields: readonly (string | Buffer)[], options: AskOptions): Promise<Answer>;
  /** Processes of it killed for want of memory so far. */
  memoryKills(): number;
  /** Kills it; resolves when it is gone. */
  close(): Promise<void>;
}

type Over = { readonly end: SandboxEnd } | { readonly error: unknown };

interface Waiting {
  readonly onData: () => void;
  readonly onOver: (how: Over) => void;
}

/** A netstring's length has at most this many digits. */
const LENGTH_DIGITS = 10;

/** Talks to a started process. Whatever it says when it was not asked ends it. */
export function openSession(process: SandboxProcess): Session {
  let isOpen = true;
  let asked = 0;
  let received: Buffer = Buffer.alloc(0);
  let waiting: Waiting | null = null;
  let over: Over | null = null;
  const breakOff = (reason: Parameters<SandboxProcess['kill']>[0] = 'exit') => {
    isOpen = false;
    process.kill(reason);
  };
  process.onStdout((chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    if (waiting === null) breakOff();
    else waiting.onData();
  });
  const finish = (how: Over) => {
    isOpen = false;
    over = how;
    waiting?.onOver(how);
  };
  // Once for all requests: each race against this promise would be kept in memory as long as the session lives.
  process.ended.then(
    (end) => finish({ end }),
    (error: unknown) => finish({ error }),
  );

  const ask = async (fields: readonly (string | Buffer)[], options: AskOptions): Promise<Answer> => {
    if (waiting !== null) throw new Error('a session answers one request at a time');
    const startedAt = performance.now();
    const parts: Buffer[] = [];
    asked += 1;
    const outcome = new Promise<'complete' | SandboxEnd>((resolve, reject) => {
      const onOver = (how: Over) => ('end' in how ? resolve(how.end) : reject(how.error));
      const onData = () => {
        if (received.length > options.outputBytes) breakOff('output');
        while (isOpen && parts.length < options.parts) {
          const part = takeNetstring(received);
          if (part === 'more') return;
          if (part === 'garbage') return breakOff();
          received = received.subarray(part.end);
          parts.push(part.data);
        }
        if (parts.length < options.parts) return;
        // More than was asked for: it cannot be told which part is the answer.
        if (received.length > 0) breakOff();
        else resolve('complete');
      };
      waiting = { onData, onOver };
      if (over !== null) onOver(over);
      else if (received.length > 0) onData();
    });
    const timer = setTimeout(() => breakOff('wall-time'), options.wallTimeMs);
    const onAbort = () => breakOff('aborted');
    options.signal.addEventListener('abort', onAbort, { once: true });
    if (options.signal.aborted) onAbort();
    try {
      process.write(encodeNetstring(Buffer.concat(fields.map(encodeNetstring))));
      const ended = await outcome;
      if (ended !== 'complete') return { kind: 'broken', parts, end: ended };
      return { kind: 'complete', parts, durationMs: performance.now() - startedAt };
    } finally {
      waiting = null;
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
    }
  };

  return {
    get isOpen() {
      return isOpen;
    },
    get asked() {
      return asked;
    },
    ask,
    memoryKills: process.memoryKills,
    close: async () => {
      isOpen = false;
      process.kill('exit');
      await process.ended.catch((error: unknown) => {
        if (!(error instanceof CodejuryError)) throw error;
      });
    },
  };
}

type Taken = { readonly data: Buffer; readonly end: number } | 'more' | 'garbage';

/** The netstring at the beginning, or whether it is only cut off or none at all. */
function takeNetstring(bytes: Buffer): Taken {
  const colon = bytes.subarray(0, LENGTH_DIGITS + 1).indexOf(0x3a);
  const digits = bytes.toString('latin1', 0, colon < 0 ? Math.min(bytes.length, LENGTH_DIGITS + 1) : colon);
  if (colon < 0) return digits.length <= LENGTH_DIGITS && /^\d*$/.test(digits) ? 'more' : 'garbage';
  if (!/^\d{1,10}$/.test(digits)) return 'garbage';
  const end = colon + 1 + Number(digits);
  if (bytes.length <= end) return 'more';
  return bytes[end] === 0x2c ? { data: bytes.subarray(colon + 1, end), end: end + 1 } : 'garbage';
}
