import { describe, expect, it } from 'vitest';
import { createTurnstile } from './turnstile.ts';

/** Work that says when it starts and ends when told to. */
function piece(name: string, log: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const work = async () => {
    log.push(`+${name}`);
    await promise.finally(() => log.push(`-${name}`));
    return name;
  };
  return { work, end: resolve, fail: reject };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createTurnstile', () => {
  it('lets many share, and one alone only when the others have left', async () => {
    const log: string[] = [];
    const turnstile = createTurnstile();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => piece(name, log));
    if (!a || !b || !c || !d) throw new Error('four pieces');
    const all = [
      turnstile.shared(a.work),
      turnstile.shared(b.work),
      turnstile.alone(c.work),
      turnstile.shared(d.work),
    ];
    await settled();
    expect(log).toEqual(['+a', '+b']);
    a.end();
    await settled();
    expect(log).toEqual(['+a', '+b', '-a']);
    b.end();
    await settled();
    expect(log).toEqual(['+a', '+b', '-a', '-b', '+c']);
    c.end();
    d.end();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
    expect(log.slice(5)).toEqual(['-c', '+d', '-d']);
  });

  it('is left by work that fails', async () => {
    const turnstile = createTurnstile();
    await expect(turnstile.alone(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(turnstile.shared(async () => 1)).resolves.toBe(1);
  });
});
