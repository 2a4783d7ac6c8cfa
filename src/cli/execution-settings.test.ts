import { describe, expect, it } from 'vitest';
import { executionSettings, naturalNumber, positiveInteger, splitRatio } from './execution-settings.ts';

const limits = async (...limit: string[]) => (await executionSettings({ limit, sandbox: 'auto' })).limits;

describe('--limit', () => {
  it('takes a value with its unit, or the unit in the name', async () => {
    expect(await limits('wallTime=15s', 'memory=512 MiB', 'processes=8')).toEqual({
      wallTimeMs: 15_000,
      memoryBytes: 512 * 1024 ** 2,
      processes: 8,
    });
    expect(await limits('wallTimeMs=15000')).toEqual({ wallTimeMs: 15_000 });
    expect(await limits()).toEqual({});
  });

  it.each([
    [
      'wallTime=15',
      '--limit: wallTime: expected a time with its unit (ms, s, min, h), for example "15s", received 15',
    ],
    ['wallTimeMs=15s', '--limit: wallTimeMs: expected a whole number from 1 on, received "15s"'],
    ['wallTimeMs=-1', '--limit: wallTimeMs: expected a whole number from 1 on, received "-1"'],
    [
      'memory',
      '--limit: memory: expected a size with its unit (B, kB, MB, GB, KiB, MiB, GiB), for example "512MiB", received ""',
    ],
    ['time=15s', '--limit: unknown key "time"'],
    ['=15s', '--limit: unknown key ""'],
  ])('refuses %j', async (setting, message) => {
    await expect(limits(setting)).rejects.toMatchObject({ code: 'usage', message });
  });
});

it('takes whole numbers up to a largest one where there is one', () => {
  expect(positiveInteger('--resamples', '1000', 1000)).toBe(1000);
  expect(() => positiveInteger('--resamples', '1001', 1000)).toThrow(
    '--resamples: expected a whole number from 1 to 1000, received "1001"',
  );
});

it('takes whole numbers, and says from which one on', () => {
  expect([
    positiveInteger('--count', ' 3'),
    naturalNumber('--seed', '0'),
    naturalNumber('--seed', '7'),
  ]).toEqual([3, 0, 7]);
  expect(() => positiveInteger('--count', '0')).toThrow(
    '--count: expected a whole number from 1 on, received "0"',
  );
  expect(() => naturalNumber('--seed', '-1')).toThrow(
    '--seed: expected a whole number from 0 on, received "-1"',
  );
  expect(() => naturalNumber('--seed', '')).toThrow('--seed: expected a whole number from 0 on, received ""');
});

it('takes the parts of a split', () => {
  expect(splitRatio('--split', '50:15:35')).toEqual([50, 15, 35]);
  expect(splitRatio('--split', '1:0:0')).toEqual([1, 0, 0]);
  expect(splitRatio('--split', '0:0:1')).toEqual([0, 0, 1]);
  for (const wrong of ['7:1', '0:0:0', '7:-1:2', '7:1:2:3', '0.7:0.1:0.2']) {
    expect(() => splitRatio('--split', wrong)).toThrow('expected parts as in 7:1:2');
  }
});
