import { formatBytes } from '../../io/format-bytes.ts';
import type { Progress } from '../../io/progress.ts';
import { bar } from './progress-line.ts';

const PHASES: Readonly<Record<Progress['phase'], string>> = {
  download: 'downloading',
  extract: 'extracting',
  verify: 'verifying',
};

/** One line: what is being transferred, how much of it, how fast. */
export function downloadStatus(name: string, progress: Progress): string {
  const { phase, receivedBytes, totalBytes, bytesPerSecond } = progress;
  const size =
    totalBytes === null
      ? formatBytes(receivedBytes)
      : `${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`;
  const speed = bytesPerSecond === null ? '' : `${formatBytes(bytesPerSecond)}/s`;
  return [`${PHASES[phase]} ${name}`, bar(receivedBytes, totalBytes), size, speed].filter(Boolean).join('  ');
}
