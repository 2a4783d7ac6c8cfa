import { expect, it } from 'vitest';
import { createStageMeter } from './stage-meter.ts';

it('measures each kind of work from its first to its last report, without what was on record', () => {
  let nowMs = 5000;
  const meter = createStageMeter(() => nowMs);
  const report = (what: string, done: number, reused = 0) => {
    meter.update({ what, done, total: 10, reused });
    nowMs += 1000;
  };
  report('generating', 0);
  report('generating', 2);
  report('generating', 6, 2);
  nowMs += 60_000;
  report('executing', 1);
  report('executing', 5, 4);
  expect(meter.measured()).toEqual({ generating: { done: 4, seconds: 2 } });
});

it('knows nothing after one report', () => {
  const meter = createStageMeter();
  meter.update({ what: 'judging', done: 3, total: 3 });
  expect(meter.measured()).toEqual({});
});
