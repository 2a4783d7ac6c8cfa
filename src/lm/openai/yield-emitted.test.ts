import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/support/collect.ts';
import { yieldEmitted } from './yield-emitted.ts';

const NEVER = new AbortController().signal;

describe('yieldEmitted', () => {
  it('yields what was emitted before and between', async () => {
    const values = yieldEmitted<{ n: number }>(async (emit) => {
      emit({ n: 1 });
      emit({ n: 2 });
      await Promise.resolve();
      emit({ n: 3 });
    }, NEVER);
    expect(await collect(values)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('throws after the values that came', async () => {
    const seen: object[] = [];
    const consume = async (): Promise<void> => {
      for await (const value of yieldEmitted(async (emit) => {
        emit({ n: 1 });
        throw new Error('broken');
      }, NEVER)) {
        seen.push(value);
      }
    };
    await expect(consume()).rejects.toThrow('broken');
    expect(seen).toEqual([{ n: 1 }]);
  });

  it('stops the producer and waits for its end when the consumer stops', async () => {
    let ended = false;
    for await (const _ of yieldEmitted(async (emit, signal) => {
      emit({ n: 1 });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended = true;
      throw new Error('nobody listens any more');
    }, NEVER)) {
      break;
    }
    expect(ended).toBe(true);
  });
});
