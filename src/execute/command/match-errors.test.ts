import { describe, expect, it } from 'vitest';
import { matchErrors } from './match-errors.ts';

describe('matchErrors', () => {
  it('fills the groups from one pattern after another', () => {
    const output = 'noise\npanic: index out of range\n  at f:3\n  at main:9\n';
    const patterns = ['^(?<kind>panic): (?<message>.*)$', 'at \\w+:(?<line>\\d+)$'];
    expect(matchErrors(patterns, output)).toEqual({
      kind: 'panic',
      message: 'index out of range',
      input: null,
      expected: null,
      actual: null,
      lines: [3, 9],
    });
  });

  it('looks for the others after the place of the first', () => {
    const output = 'warning at 1\nerror: bad\nat 2\n';
    expect(matchErrors(['^error: (?<message>.*)$', 'at (?<line>\\d+)'], output)?.lines).toEqual([2]);
  });

  it('does not take a stack frame alone for an error, unless nothing else is to be had', () => {
    const patterns = ['^failed (?<input>.*)$', '^at (?<line>\\d+)$'];
    expect(matchErrors(patterns, 'at 3')).toBeNull();
    expect(matchErrors(['^at (?<line>\\d+)$'], 'at 3')?.lines).toEqual([3]);
  });

  it('has nothing to say without patterns, or without a match', () => {
    expect(matchErrors([], 'error')).toBeNull();
    expect(matchErrors(['^fatal'], 'error')).toBeNull();
  });

  it('sees beginning and end of a long output, and the beginning of a long line', () => {
    const output = `first\n${'x\n'.repeat(100_000)}last`;
    expect(matchErrors(['^(?<message>first)$'], output)?.message).toBe('first');
    expect(matchErrors(['^(?<message>last)$'], output)?.message).toBe('last');
    expect(matchErrors(['^(?<message>e.*)$'], `e${'x'.repeat(10_000)}`)?.message).toHaveLength(500);
  });

  it('ends with a pattern that matches nothing at all', () => {
    expect(matchErrors(['(?<message>x*)', '(?<line>\\d*)'], 'abc')?.lines).toEqual([]);
  });

  it('reads line ends of Windows', () => {
    expect(matchErrors(['^error: (?<message>.*)$'], 'error: bad\r\nmore')?.message).toBe('bad');
  });
});
