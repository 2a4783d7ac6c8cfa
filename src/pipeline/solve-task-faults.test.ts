import { describe, expect, it } from 'vitest';
import { options, RIGHT, task, team, WRONG } from '../../test/support/solve-team.ts';
import { CodejuryError } from '../errors.ts';
import type { FakeScript } from '../testing/create-fake-language-model.ts';
import { solveTask } from './solve-task.ts';

describe('solveTask', () => {
  it('ends with the judge’s fault, not with its consequences', async () => {
    const judge: FakeScript = {
      name: 'judge',
      labelProbabilities: () => {
        throw new CodejuryError('server', 'the judge is down');
      },
    };
    const solving = solveTask(task, team([RIGHT, WRONG, RIGHT], { judge }).open, options);
    await expect(solving).rejects.toMatchObject({ code: 'server', message: 'the judge is down' });
  });

  it('stops for an abort', async () => {
    const controller = new AbortController();
    const { open, generator } = team((_request, index) => {
      if (index === 1) {
        controller.abort();
      }
      return RIGHT;
    });
    const solving = solveTask(task, open, { ...options, signal: controller.signal });
    await expect(solving).rejects.toMatchObject({ code: 'aborted' });
    expect(generator.calls.samplesDelivered).toBeLessThan(3);
  });

  it('rejects an unknown language by name', async () => {
    const solving = solveTask({ ...task, language: 'pyton' }, team([RIGHT]).open, options);
    await expect(solving).rejects.toMatchObject({ code: 'usage' });
  });
});
