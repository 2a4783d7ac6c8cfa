import type { EndedBy, SandboxEnd, SandboxProcess } from '../sandbox/sandbox.ts';

export interface PhaseOptions {
  /** See driverScript. */
  readonly mark: string;
  readonly stdin: string;
  /** Milliseconds until the run begins, and from there to its end. */
  readonly compileTimeMs: number;
  readonly wallTimeMs: number;
  /** Longest output of the run in bytes; more ends it. */
  readonly outputBytes: number;
  readonly signal: AbortSignal;
}

/** What came of a driver script. */
export interface PhasesResult {
  /** The compiler's exit status; null when the driver did not get to say it. */
  readonly compileStatus: number | null;
  /** The compiler's output where it failed, else the run's; not more than the limit. */
  readonly output: string;
  /** Milliseconds of the run, or of everything where nothing ran. */
  readonly durationMs: number;
  /** Processes killed for want of memory. */
  readonly memoryKills: number;
  readonly end: SandboxEnd;
}

/** Longest first line of a driver: the mark and a status. */
const FIRST_LINE_BYTES = 256;

/**
 * Takes a started driver script to its end, each phase with its own time.
 *
 * @throws {CodejuryError} `sandbox` when the machinery fails.
 */
export async function runPhases(process: SandboxProcess, options: PhaseOptions): Promise<PhasesResult> {
  const { mark, stdin, compileTimeMs, wallTimeMs, outputBytes, signal } = options;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let first: Buffer = Buffer.alloc(0);
  let compileStatus: number | null = null;
  let startedAt = performance.now();
  const end = (reason: EndedBy) => () => process.kill(reason);
  let timer = setTimeout(end('wall-time'), compileTimeMs);
  const keep = (chunk: Buffer) => {
    if (bytes < outputBytes) chunks.push(chunk.subarray(0, outputBytes - bytes));
    bytes += chunk.length;
    if (bytes > outputBytes) process.kill('output');
  };
  process.onStdout((chunk) => {
    if (compileStatus !== null) return keep(chunk);
    first = Buffer.concat([first, chunk]);
    const newline = first.indexOf('\n');
    if (newline < 0 && first.length <= FIRST_LINE_BYTES) return;
    const [said, status] = first.toString('latin1', 0, Math.max(0, newline)).split(' ');
    // Somebody else speaks: nothing that follows can be believed.
    if (said !== mark) return process.kill('exit');
    compileStatus = Number(status);
    if (compileStatus === 0) {
      clearTimeout(timer);
      timer = setTimeout(end('wall-time'), wallTimeMs);
      startedAt = performance.now();
    }
    if (first.length > newline + 1) keep(first.subarray(newline + 1));
  });
  const onAbort = end('aborted');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    process.write(stdin);
    process.closeStdin();
    const ended = await process.ended;
    return {
      compileStatus,
      output: Buffer.concat(chunks).toString(),
      durationMs: performance.now() - startedAt,
      memoryKills: process.memoryKills(),
      end: ended,
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
