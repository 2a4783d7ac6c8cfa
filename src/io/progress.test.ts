import { expect, it } from 'vitest';
import { createProgressMeter, type Progress } from './progress.ts';

it('reports about ten times a second, with the rate of the last seconds, and always at the end', () => {
  const seen: Progress[] = [];
  let clockMs = 0;
  const meter = createProgressMeter(
    'download',
    (progress) => seen.push(progress),
    () => clockMs,
  );
  meter.update(0, 1000);
  clockMs = 50;
  meter.update(10, 1000);
  meter.update(20, 1000);
  clockMs = 1000;
  meter.update(500, 1000);
  clockMs = 1010;
  meter.finish(1000);
  expect(seen).toEqual([
    { phase: 'download', receivedBytes: 0, totalBytes: 1000, bytesPerSecond: null },
    { phase: 'download', receivedBytes: 10, totalBytes: 1000, bytesPerSecond: null },
    { phase: 'download', receivedBytes: 500, totalBytes: 1000, bytesPerSecond: 500 },
    { phase: 'download', receivedBytes: 1000, totalBytes: 1000, bytesPerSecond: 1000 / 1.01 },
  ]);
});

it('forgets what is older than the window', () => {
  const rates: (number | null)[] = [];
  let clockMs = 0;
  const meter = createProgressMeter(
    'verify',
    (progress) => rates.push(progress.bytesPerSecond),
    () => clockMs,
  );
  for (const bytes of [0, 1000, 1000, 1000, 1000]) {
    meter.update(bytes, null);
    clockMs += 4000;
  }
  expect(rates.at(-1)).toBe(0);
});
