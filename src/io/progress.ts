/** How far a long transfer is. */
export interface Progress {
  readonly phase: 'download' | 'extract' | 'verify';
  readonly receivedBytes: number;
  /** Null when the sender does not say. */
  readonly totalBytes: number | null;
  /** Over the last seconds; null until there is enough to tell. */
  readonly bytesPerSecond: number | null;
}

export type OnProgress = (progress: Progress) => void;

const REPORT_EVERY_MS = 100;
const RATE_WINDOW_MS = 5_000;

/** Turns positions into Progress events, about ten a second; `finish` always reports. */
export interface ProgressMeter {
  readonly update: (receivedBytes: number, totalBytes: number | null) => void;
  readonly finish: (receivedBytes: number) => void;
}

/** A meter for one phase; `now` is in milliseconds and only differences matter. */
export function createProgressMeter(
  phase: Progress['phase'],
  onProgress: OnProgress | undefined,
  now: () => number = () => performance.now(),
): ProgressMeter {
  const samples: { atMs: number; bytes: number }[] = [];
  let reportedAtMs = Number.NEGATIVE_INFINITY;

  function report(receivedBytes: number, totalBytes: number | null): void {
    const atMs = now();
    reportedAtMs = atMs;
    samples.push({ atMs, bytes: receivedBytes });
    while (samples.length > 2 && atMs - (samples[0]?.atMs ?? atMs) > RATE_WINDOW_MS) samples.shift();
    const first = samples[0] ?? { atMs, bytes: receivedBytes };
    const seconds = (atMs - first.atMs) / 1000;
    const bytesPerSecond = seconds < REPORT_EVERY_MS / 1000 ? null : (receivedBytes - first.bytes) / seconds;
    onProgress?.({ phase, receivedBytes, totalBytes, bytesPerSecond });
  }

  return {
    update: (receivedBytes, totalBytes) => {
      // The second report comes as early as the first: it shows that bytes are flowing at all.
      if (samples.length < 2 || now() - reportedAtMs >= REPORT_EVERY_MS) report(receivedBytes, totalBytes);
    },
    finish: (receivedBytes) => report(receivedBytes, receivedBytes),
  };
}
