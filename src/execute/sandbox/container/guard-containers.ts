import { spawn } from 'node:child_process';
import type { ContainerEngine } from './container-engine.ts';

/**
 * Waits for the end of its input, which comes with the end of codejury, however that ends; then removes what carries the label.
 * More than once: a client that was at it may still have started one.
 */
const GUARD = `cat >/dev/null
for pause in 0 1 2 4; do
  sleep $pause
  containers=$("$1" ps --all --quiet --filter "label=$2") && [ -n "$containers" ] && "$1" rm --force $containers
done`;

/** Starts a process that removes all containers of a label when this one is gone, killed or not. It keeps nothing waiting. */
export function guardContainers({ program, env }: ContainerEngine, label: string): void {
  const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', program, label], {
    env,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without it the containers of a codejury that was killed end when their input ends, or never.
  guard.on('error', () => undefined);
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
}
