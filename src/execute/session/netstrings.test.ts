import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNetstrings, encodeNetstring } from './netstrings.ts';

describe('netstrings', () => {
  it('counts bytes', () => {
    expect(encodeNetstring('né').toString()).toBe('3:né,');
  });

  it('gives back what was put in, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (parts) => {
        const data = Buffer.concat(parts.map((part) => encodeNetstring(Buffer.from(part))));
        expect(decodeNetstrings(data)).toEqual(parts.map((part) => Buffer.from(part)));
      }),
    );
  });

  it('stops at what is no netstring', () => {
    const first = [Buffer.from('a')];
    for (const rest of ['', '3:ab', '3:abcd', 'x', '-1:,', ':,', '1e1:0123456789,', ' 1:a,']) {
      expect(decodeNetstrings(Buffer.from(`1:a,${rest}`))).toEqual(first);
    }
  });
});
