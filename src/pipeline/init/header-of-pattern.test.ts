import { describe, expect, it } from 'vitest';
import { headerOfPattern, nameInHeader } from './header-of-pattern.ts';

describe('headerOfPattern', () => {
  it.each([
    ['^\\s*rule\\s+(?<name>\\w+)', 'rule larger(a, b)'],
    ['^\\s*(?:public\\s+)?fun (?<name>[a-z_]\\w*)\\s*\\(', 'fun larger(a, b)'],
    ['^(?:function|def) +(?<name>[\\w$]+)', 'function larger(a, b)'],
    ['(?<name>\\w+)\\s*=\\s*func\\b', 'larger=func(a, b)'],
    ['^to\\s+(?<name>\\w+)$', null],
    ['^[A-Z]+\\s+(?<name>\\w+)', null],
  ])('%s', (pattern, header) => {
    expect(headerOfPattern(pattern, 'larger')).toBe(header);
  });
});

describe('nameInHeader', () => {
  it('says where the name is', () => {
    expect(nameInHeader('^fun (?<name>\\w+)', 'fun larger(a)')).toEqual({
      name: 'larger',
      start: 4,
      end: 10,
    });
    expect(nameInHeader('^fun (?<name>\\w*)', 'fun (a)')).toBeNull();
    expect(nameInHeader('^fun (?<name>\\w+)', 'function larger')).toBeNull();
  });
});
