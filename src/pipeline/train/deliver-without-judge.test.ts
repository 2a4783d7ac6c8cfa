import { readdir } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openTrainedRuns } from '../../../test/support/trained-run.ts';

const { folder, deliver } = await openTrainedRuns();
afterAll(() => folder.remove());

describe('deliverTrained', () => {
  it('a generator gets its weights and no profile', async () => {
    const { out, result } = await deliver('generator', { objective: 'generate', labels: null });
    expect(await readdir(out)).toEqual(['adapter.gguf']);
    expect(result).toMatchObject({ kind: 'generator', profile: null });
  });

  it('what only transformers loads stays where it is', async () => {
    const kind = 'transformers';
    const { result } = await deliver('codet5', {
      base: { kind, reference: 'transformers:x', path: 'x', digest: null },
    });
    expect(result).toMatchObject({ kind: 'trained', profile: null });
  });
});
