/** After the first Ctrl-C the work gets this long to stop by itself, in milliseconds. */
const GRACE_MS = 3000;

export interface Interrupt {
  readonly signal: AbortSignal;
  readonly dispose: () => void;
}

/**
 * A signal that fires at the first Ctrl-C (SIGINT) or SIGTERM. A second one, or work that does not stop in time, ends
 * the process with 130 at once.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  const handle = () => {
    if (controller.signal.aborted) {
      process.exit(130);
    }
    process.stderr.write('\ninterrupted, stopping\n');
    controller.abort(new Error('interrupted'));
    timer = setTimeout(() => process.exit(130), GRACE_MS);
    timer.unref();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
      if (timer) {
        clearTimeout(timer);
      }
    },
  };
}
