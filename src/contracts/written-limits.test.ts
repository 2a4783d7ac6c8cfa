import { describe, expect, it } from 'vitest';
import { parseStrict } from '../util/parse-strict.ts';
import { writtenLimitsSchema } from './written-limits.ts';

const read = (value: unknown) => parseStrict(writtenLimitsSchema, value, 'limits');

describe('written limits', () => {
  it('are given with their units', () => {
    expect(
      read({
        wallTime: '15s',
        cpuTime: '1.5 min',
        memory: '1GiB',
        processes: 64,
        output: '1MiB',
        scratch: '32 MB',
        file: '4096B',
      }),
    ).toEqual({
      wallTimeMs: 15_000,
      cpuTimeMs: 90_000,
      memoryBytes: 1024 ** 3,
      processes: 64,
      outputBytes: 1024 ** 2,
      scratchBytes: 32_000_000,
      fileBytes: 4096,
    });
  });

  it('are given with the unit in the name', () => {
    const given = {
      wallTimeMs: 1,
      cpuTimeMs: 2,
      memoryBytes: 3,
      outputBytes: 4,
      scratchBytes: 5,
      fileBytes: 6,
    };
    expect(read(given)).toEqual(given);
  });

  it('are those that were set, and can be read again', () => {
    expect(read({})).toEqual({});
    expect(read(read({ wallTime: '2h' }))).toEqual({ wallTimeMs: 7_200_000 });
  });

  it.each([
    ['500ms', 500],
    ['0.5s', 500],
    ['1S', 1_000],
    [' 3 min ', 180_000],
  ])('understand the time %j', (wallTime, wallTimeMs) => {
    expect(read({ wallTime })).toEqual({ wallTimeMs });
  });

  it.each([
    ['1kB', 1_000],
    ['1KiB', 1_024],
    ['1.5mb', 1_500_000],
    ['2gb', 2_000_000_000],
  ])('understand the size %j', (memory, memoryBytes) => {
    expect(read({ memory })).toEqual({ memoryBytes });
  });

  it.each(['15', '15 seconds', '', 's', '0s', '-1s', '0.1ms', '1e3s', '9999999999999999h', 15])(
    'refuse the time %j, with what was expected',
    (wallTime) => {
      expect(() => read({ wallTime })).toThrow(
        `limits: wallTime: expected a time with its unit (ms, s, min, h), for example "15s", received ${JSON.stringify(wallTime)}`,
      );
    },
  );

  it.each(['1g', '1 TiB', 'constructor', 1024, null])('refuse the size %j', (memory) => {
    expect(() => read({ memory })).toThrow(/^limits: memory: expected a size with its unit .*, received /);
  });

  it('refuse a count that is none', () => {
    expect(() => read({ processes: 0 })).toThrow(/limits: processes: .*received 0/);
    expect(() => read({ processes: '64' })).toThrow('limits: processes: expected a whole number from 1 on');
    expect(() => read({ memoryBytes: 1.5 })).toThrow(/limits: memoryBytes: .*received 1.5/);
  });

  it('refuse the same limit twice', () => {
    expect(() => read({ wallTime: '1s', wallTimeMs: 1_000 })).toThrow(
      'limits: wallTime: expected it or wallTimeMs, not both, received "1s"',
    );
  });

  it('name the nearest key of one that is unknown', () => {
    expect(() => read({ walltime: '1s' })).toThrow('limits: unknown key "walltime"');
    try {
      read({ walltime: '1s' });
    } catch (error) {
      expect(error).toMatchObject({ code: 'usage', hint: 'did you mean "wallTime"?' });
    }
  });
});
