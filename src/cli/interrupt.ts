/** After the first Ctrl-C the work gets this long to stop by itself, in milliseconds. */
const GRACE_MS = 3000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interrupt {
  readonly signal: AbortSignal;
  readonly dispose: () => void;
}

/**
 * A signal that fires at the first Ctrl-C (SIGINT), SIGTERM or closed terminal (SIGHUP). A second one, or work that does not stop in time, ends
 * the process with 130 at once.
 */
export function onInterrupt(): Interrupt {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  const handle = () => {
    if (controller.signal.aborted) {
      process.exit(130);
    }
    process.stderr.write(
      process.stderr.isTTY ? '\r\u001b[2K\u001b[?25hinterrupted, stopping\n' : 'interrupted, stopping\n',
    );
    controller.abort(new Error('interrupted'));
    timer = setTimeout(() => process.exit(130), GRACE_MS);
    timer.unref();
  };
  for (const name of SIGNALS) {
    process.on(name, handle);
  }
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) {
        process.off(name, handle);
      }
      if (timer) {
        clearTimeout(timer);
      }
    },
  };
}
