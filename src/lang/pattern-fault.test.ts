import { describe, expect, it } from 'vitest';
import { patternFault } from '../contracts/pattern-fault.ts';

describe('patternFault', () => {
  it.each([
    '^\\s*rule\\s+(?<name>\\w+)',
    '^(?:public |private )?fn (?<name>\\w+)\\(',
    '^(?:\\w+ ){0,3}def (?<name>[a-z_]+)',
    '^[(*+]+(?<name>\\w+)',
    '^\\(a+\\)*(?<name>\\w+)',
  ])('accepts %s', (source) => {
    expect(patternFault(source)).toBeNull();
  });

  it.each([
    ['(a+)+$', 'exponential'],
    ['^(?:\\w+\\s*)*(?<name>\\w+)', 'exponential'],
    ['(a|a)*b', 'exponential'],
    ['((ab)*c)+', 'exponential'],
    ['(?:(?:a+)b){2,}', 'exponential'],
    ['(?<name>\\w+) \\1', 'backreferences'],
    ['(?<name>\\w+) \\k<name>', 'backreferences'],
    ['(?<name>', 'regular expression'],
    ['a'.repeat(501), '500'],
  ])('refuses %s', (source, reason) => {
    expect(patternFault(source)).toContain(reason);
  });
});
