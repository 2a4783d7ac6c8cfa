import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact-secrets.ts';

describe('createRedactor', () => {
  it('removes secrets and what looks like one', () => {
    const redact = createRedactor(['top/secret']);
    expect(redact('a top/secret b')).toBe('a [redacted] b');
    expect(redact('q=top%2Fsecret')).toBe('q=[redacted]');
    expect(redact('Authorization: Bearer abc.def-1')).toBe('Authorization: Bearer [redacted]');
    expect(redact('key: sk-proj-ab12***yz.')).not.toContain('ab12');
    expect(redact('hf_abcdefghijk')).toBe('[redacted]');
  });

  it('leaves other text alone', () => {
    const redact = createRedactor(['', 'xyz123']);
    expect(redact('the task-list of model risk-7b')).toBe('the task-list of model risk-7b');
  });

  it('never lets the secret through', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/).filter((text) => !'[redacted]'.includes(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (key, before, after) => {
        expect(createRedactor([key])(`${before}${key}${after}`)).not.toContain(key);
      }),
    );
  });
});
