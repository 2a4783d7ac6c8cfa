import { teamConfigSchema } from '../../src/contracts/team.ts';
import { createStrategy } from '../../src/judge/create-strategy.ts';
import type { LanguageModel } from '../../src/lm/language-model.ts';
import { combineByFormula } from '../../src/pipeline/open-combiner.ts';
import type { OpenTeam } from '../../src/pipeline/open-team.ts';
import type { OpenWriter } from '../../src/pipeline/open-writer.ts';
import type { SolveOptions } from '../../src/pipeline/solve-run.ts';
import { UNCALIBRATED } from '../../src/select/score-verdict.ts';
import { noResultCache } from '../../src/store/result-cache.ts';
import { adhocTask } from '../../src/tasks/adhoc-task.ts';
import { createFakeLanguageModel, type FakeScript } from '../../src/testing/create-fake-language-model.ts';

export const task = adhocTask({
  description: 'Return x plus one.',
  signature: 'def inc(x: int) -> int:',
  language: 'python',
});

/** An answer whose function returns the expression. */
export const body = (expression: string) =>
  `\`\`\`python\ndef inc(x: int) -> int:\n    return ${expression}\n\`\`\``;
export const RIGHT = body('x + 1');
export const WRONG = body('x - 1');

/** Judges by what stands in the code: the right one gets 0.9. */
const fairJudge: FakeScript = {
  name: 'judge',
  labelProbabilities: ({ own }) => (own.includes('x + 1') ? [0.1, 0.9] : [0.8, 0.2]),
};

/** A chat model as the writer of a team. */
export function writer(model: LanguageModel): OpenWriter {
  return {
    model,
    promptKind: 'chat',
    settings: { temperature: 1, topP: 1, topK: 0, maxTokens: 64 },
    context: { documents: [], examples: [] },
  };
}

/** A team of a generator that answers with the samples in turn and, unless it is null, a judge. */
export function team(
  samples: FakeScript['samples'],
  options: { config?: object; judge?: FakeScript | null; escalation?: FakeScript } = {},
) {
  const generator = createFakeLanguageModel({ name: 'generator', samples: samples ?? [] });
  const judge = options.judge === null ? null : createFakeLanguageModel(options.judge ?? fairJudge);
  const escalation = options.escalation;
  const count = Array.isArray(samples) ? samples.length : 3;
  const config = teamConfigSchema.parse({ generator: { samples: count }, ...options.config });
  const open: OpenTeam = {
    config,
    writer: writer(generator),
    judges:
      judge === null
        ? []
        : [
            {
              name: 'judge',
              model: judge,
              strategy: createStrategy(
                { method: 'zero-shot', layout: 'zero-shot', labels: null, promptKind: 'chat' },
                { examples: null },
              ),
              calibration: UNCALIBRATED,
            },
          ],
    combine: combineByFormula(config, [{ name: 'judge', calibration: UNCALIBRATED }]),
    openEscalation: escalation === undefined ? null : async () => writer(createFakeLanguageModel(escalation)),
  };
  return { open, generator, judge };
}

/** Seed 7, no results on record, no sandbox, a signal that never fires. */
export const options: SolveOptions = {
  seed: 7,
  cache: noResultCache,
  executor: null,
  signal: new AbortController().signal,
};
