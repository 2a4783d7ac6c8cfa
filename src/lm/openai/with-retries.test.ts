import { describe, expect, it } from 'vitest';
import { CodejuryError } from '../../errors.ts';
import { type RetryPolicy, withRetries } from './with-retries.ts';

const retryable = () => new CodejuryError('server', 'busy', { retryable: true });

function policy(overrides: Partial<RetryPolicy> = {}) {
  const pauses: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    pauses.push(ms);
  };
  return {
    pauses,
    maxRetries: 9,
    signal: new AbortController().signal,
    sleep,
    random: () => 0,
    ...overrides,
  };
}

describe('withRetries', () => {
  it('doubles the pause up to 8 s, less a random part', async () => {
    const plain = policy({ maxRetries: 6 });
    await expect(withRetries(() => Promise.reject(retryable()), plain)).rejects.toThrow('busy');
    expect(plain.pauses).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
    const jittered = policy({ maxRetries: 1, random: () => 0.999999 });
    await expect(withRetries(() => Promise.reject(retryable()), jittered)).rejects.toThrow('busy');
    expect(jittered.pauses[0]).toBeCloseTo(250, 0);
  });

  it('does not repeat other errors, nor where the caller forbids it', async () => {
    const other = policy();
    await expect(withRetries(() => Promise.reject(new Error('bug')), other)).rejects.toThrow('bug');
    const forbidden = policy({ mayRetry: () => false });
    await expect(withRetries(() => Promise.reject(retryable()), forbidden)).rejects.toThrow('busy');
    expect([...other.pauses, ...forbidden.pauses]).toEqual([]);
  });

  it('is interrupted in its pause', async () => {
    const controller = new AbortController();
    const sleep = async (): Promise<void> => {
      controller.abort();
      throw controller.signal.reason;
    };
    const interrupted = withRetries(
      () => Promise.reject(retryable()),
      policy({ signal: controller.signal, sleep }),
    );
    await expect(interrupted).rejects.toMatchObject({ code: 'aborted' });
  });
});
