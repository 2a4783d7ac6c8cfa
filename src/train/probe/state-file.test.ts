import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { hashParts } from '../../util/hash.ts';
import { openStateFile } from './state-file.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const { signal } = new AbortController();
const states = (start: number) => ({
  mean: Float32Array.of(start, start + 0.5),
  last: Float32Array.of(-start, 1 / 3),
});
const [one, two, three] = ['one', 'two', 'three'].map((text) => hashParts(text)) as [string, string, string];

async function fill(path: string): Promise<void> {
  const file = await openStateFile(path, signal);
  await file.put(one, states(1));
  await file.put(two, states(2));
  await file.close();
}

describe('openStateFile', () => {
  it('gives back what was put, in this and in later runs', async () => {
    const path = folder.path('a.bin');
    const file = await openStateFile(path, signal);
    expect(await file.get(one)).toBeNull();
    await file.put(one, states(1));
    await file.put(one, states(9));
    expect(await file.get(one)).toEqual(states(1));
    await file.close();
    const later = await openStateFile(path, signal);
    expect([later.has(one), later.has(two)]).toEqual([true, false]);
    await later.put(two, states(2));
    expect([await later.get(one), await later.get(two)]).toEqual([states(1), states(2)]);
    await expect(later.put(three, { mean: Float32Array.of(1), last: Float32Array.of(1) })).rejects.toThrow(
      'expected states of 2',
    );
    await later.close();
  });

  it.each([1, 10, 30, 47])(
    'goes on after a process that was killed %i bytes before the end',
    async (lost) => {
      const path = folder.path(`cut-${lost}.bin`);
      await fill(path);
      const { length } = await readFile(path);
      await truncate(path, length - lost);
      const file = await openStateFile(path, signal);
      expect([await file.get(one), await file.get(two)]).toEqual([states(1), null]);
      await file.put(two, states(2));
      await file.put(three, states(3));
      expect([await file.get(two), await file.get(three)]).toEqual([states(2), states(3)]);
      await file.close();
      expect((await readFile(path)).length).toBe(length + 48);
    },
  );

  it('begins anew where not even the header is whole', async () => {
    const path = folder.path('header.bin');
    await fill(path);
    await truncate(path, 10);
    const file = await openStateFile(path, signal);
    await file.put(one, states(1));
    expect(await file.get(one)).toEqual(states(1));
    await file.close();
  });

  it('leaves another file alone', async () => {
    const path = folder.path('other.bin');
    await writeFile(path, 'something else');
    await expect(openStateFile(path, signal)).rejects.toMatchObject({ code: 'usage' });
    await appendFile(path, '.');
    expect(await readFile(path, 'utf8')).toBe('something else.');
  });
});
