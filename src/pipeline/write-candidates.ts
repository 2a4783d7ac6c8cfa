import { considerSample } from './consider-sample.ts';
import { drawSamples } from './draw-samples.ts';
import type { OpenWriter } from './open-writer.ts';
import { requestIn, type SolveRun } from './solve-run.ts';

/**
 * Draws samples with the given indices, and cleans, gates and judges them as they arrive, until all are done or one
 * scores as high as the team's `stopWhen`. The first failure stops everything under way and is thrown.
 *
 * @returns how many samples were drawn
 */
export async function writeCandidates(
  run: SolveRun,
  writer: OpenWriter,
  indices: readonly number[],
): Promise<number> {
  const { options, ledger, signal } = run;
  const { stopWhen } = run.team.config;
  const request = await requestIn(run, writer);
  ledger.used(writer.model);
  const pending: Promise<void>[] = [];
  let failure: unknown = null;
  let drawn = 0;
  const samples = drawSamples(
    {
      ...request,
      indices,
      seed: options.seed,
      inTurn: stopWhen !== null,
      signal,
    },
    options.cache,
  );
  try {
    let waitingSinceMs = performance.now();
    for await (const { sample, reused } of samples) {
      ledger.spent('generate', waitingSinceMs);
      drawn += 1;
      if (reused) {
        ledger.reused();
      } else {
        ledger.sampled(sample.tokenCount);
      }
      options.onEvent?.({ kind: 'sample', sample, requested: indices.length });
      const { evidence, work } = await considerSample(run, writer, sample);
      if (work !== null) {
        pending.push(work);
        // A failed judge ends the run at once, not after the remaining samples.
        work.catch((error: unknown) => {
          failure ??= error;
          run.stop(error);
        });
      }
      if (stopWhen !== null) {
        await Promise.all(pending);
        const score = evidence.panel?.score ?? null;
        if (score !== null && score >= stopWhen) {
          break;
        }
      }
      waitingSinceMs = performance.now();
    }
    await Promise.all(pending);
    return drawn;
  } catch (error) {
    run.stop(error);
    await Promise.allSettled(pending);
    throw failure ?? error;
  }
}
