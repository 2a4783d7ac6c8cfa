import { CodejuryError } from '../errors.ts';
import type { JudgeTemplate } from '../prompts/judge-template.ts';
import { createAutoCotStrategy } from './auto-cot-strategy.ts';
import { createFaultListStrategy } from './fault-list-strategy.ts';
import { createFewShotStrategy, type ExampleSource } from './few-shot-strategy.ts';
import { createIceScoreStrategy } from './ice-score-strategy.ts';
import type { JudgeStrategy } from './judge-strategy.ts';
import { createLabelStrategy } from './label-strategy.ts';
import { createProbeStrategy, type LoadedProbe } from './probe-strategy.ts';
import { createSlowThinkingStrategy } from './slow-thinking-strategy.ts';

/** What some methods need besides their template; null for the others. */
export interface StrategyData {
  /** Few-shot. */
  readonly examples: ExampleSource | null;
  /** Probe. */
  readonly probe?: LoadedProbe | null;
}

/**
 * The strategy of a method.
 *
 * @throws {CodejuryError} `usage` when the method lacks its labels, its examples or its probe.
 */
export function createStrategy(
  template: JudgeTemplate,
  { examples, probe = null }: StrategyData,
): JudgeStrategy {
  switch (template.method) {
    case 'few-shot':
      if (examples === null) {
        throw new CodejuryError('usage', 'a few-shot judge needs labelled candidates to show as examples', {
          hint: 'name the folder of a dataset as its "examples"',
        });
      }
      return createFewShotStrategy(template, examples);
    case 'auto-cot':
      return createAutoCotStrategy(template);
    case 'slow-thinking':
      return createSlowThinkingStrategy(template);
    case 'ice-score':
      return createIceScoreStrategy(template);
    case 'fault-list':
      return createFaultListStrategy(template);
    case 'zero-shot':
    case 'verdict':
    case 'rankef':
    case 'faults':
      return createLabelStrategy(template);
    case 'probe':
      if (probe === null) {
        throw new CodejuryError('usage', 'a probe judge needs its coefficients', {
          hint: 'use the profile that `codejury train --method probe` wrote, which names their file',
        });
      }
      return createProbeStrategy(template, probe);
  }
}
