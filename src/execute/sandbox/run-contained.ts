import type { EndedBy, SandboxProcess, SandboxResult, SandboxRun } from './sandbox.ts';

/**
 * Takes a started process to its end: feeds its stdin, keeps the head of its output, and kills it at the wall clock, at an
 * output too long, or when the signal fires.
 *
 * @throws {CodejuryError} `sandbox` when the machinery fails.
 */
export async function runContained(
  contained: SandboxProcess,
  { stdin, limits, signal }: Pick<SandboxRun, 'stdin' | 'limits' | 'signal'>,
): Promise<SandboxResult> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  contained.onStdout((chunk) => {
    if (bytes < limits.outputBytes) chunks.push(chunk.subarray(0, limits.outputBytes - bytes));
    bytes += chunk.length;
    if (bytes > limits.outputBytes) contained.kill('output');
  });
  const end = (reason: EndedBy) => () => contained.kill(reason);
  const timer = setTimeout(end('wall-time'), limits.wallTimeMs);
  const onAbort = end('aborted');
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    contained.write(stdin ?? '');
    contained.closeStdin();
    const ended = await contained.ended;
    return { ...ended, stdout: Buffer.concat(chunks) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
