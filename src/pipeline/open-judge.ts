import { dirname } from 'node:path';
import type { CustomLanguage } from '../contracts/custom-language.ts';
import type { JudgeProfile } from '../contracts/judge-profile.ts';
import type { JudgeConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { createStrategy } from '../judge/create-strategy.ts';
import type { ExampleSource } from '../judge/few-shot-strategy.ts';
import type { JudgeStrategy } from '../judge/judge-strategy.ts';
import type { LanguageModel } from '../lm/language-model.ts';
import type { JudgeTemplate } from '../prompts/judge-template.ts';
import { type JudgeCalibration, UNCALIBRATED } from '../select/score-verdict.ts';
import { openExamples } from './open-examples.ts';
import type { ModelOpener } from './open-model.ts';
import { readProbe } from './read-probe.ts';
import { readProfile } from './read-profile.ts';
import { resolveFrom } from './read-team.ts';

/** A judge with its model opened. */
export interface OpenJudge {
  readonly name: string;
  readonly model: LanguageModel;
  readonly strategy: JudgeStrategy;
  readonly calibration: JudgeCalibration;
}

/** Where a judge is opened. */
export interface JudgeSurroundings {
  /** Relative paths start here. */
  readonly folder: string;
  readonly languages: readonly CustomLanguage[];
  readonly opener: ModelOpener;
}

/**
 * Opens a judge of a team: a model that is asked by a method, or what a profile describes.
 *
 * @throws {CodejuryError} `usage` for settings that contradict each other or a profile made for another prompt, `not-found`
 *   or `model` for missing or wrong files, `digest-mismatch` for other weights or examples than a profile was measured with.
 */
export function openJudge(config: JudgeConfig, surroundings: JudgeSurroundings): Promise<OpenJudge> {
  return config.profile === null
    ? openModelJudge(config, surroundings)
    : openProfileJudge(config, config.profile, surroundings);
}

async function openModelJudge(
  config: JudgeConfig,
  { folder, languages, opener }: JudgeSurroundings,
): Promise<OpenJudge> {
  const template: JudgeTemplate = {
    method: config.method ?? 'zero-shot',
    layout: 'zero-shot',
    labels: null,
    promptKind: 'chat',
  };
  const examples =
    config.examples === null ? null : await openExamples(resolveFrom(folder, config.examples), languages);
  const strategy = createStrategy(template, { examples });
  const { model } = await opener.open({
    ...config,
    model: config.model ?? '',
    labels: strategy.labels,
    folder,
  });
  return {
    name: config.name ?? config.model ?? model.name,
    model,
    strategy,
    calibration: UNCALIBRATED,
  };
}

async function openProfileJudge(
  config: JudgeConfig,
  named: string,
  { folder, languages, opener }: JudgeSurroundings,
): Promise<OpenJudge> {
  const { path, profile } = await readProfile(resolveFrom(folder, named));
  const examples =
    profile.examples === null
      ? null
      : await openExamples(resolveFrom(dirname(path), profile.examples), languages);
  const probe =
    profile.probe === null
      ? null
      : await readProbe(resolveFrom(dirname(path), profile.probe), profile.probeDigest);
  const strategy = createStrategy(profile, { examples, probe });
  checkMeasuredWith(path, profile, strategy, examples);
  const { model } = await opener.open({
    ...config,
    model: profile.model,
    adapter: profile.adapter,
    adapterScale: profile.adapterScale,
    labels: strategy.labels,
    folder: dirname(path),
  });
  const expected =
    profile.modelDigest === null
      ? null
      : [profile.modelDigest, profile.adapterDigest].filter((digest) => digest !== null).join('+');
  if (expected !== null && model.digest !== null && model.digest !== expected) {
    throw new CodejuryError('digest-mismatch', `${path}: this judge was measured with other weights`, {
      hint: `expected sha256 ${expected}, found ${model.digest}`,
    });
  }
  return { name: config.name ?? profile.name, model, strategy, calibration: profile };
}

function checkMeasuredWith(
  path: string,
  profile: JudgeProfile,
  strategy: JudgeStrategy,
  examples: ExampleSource | null,
): void {
  if (profile.templateHash !== null && profile.templateHash !== strategy.templateHash) {
    throw new CodejuryError('usage', `${path}: this judge was measured with another prompt template`, {
      hint: 'measure it again with this version of codejury, or use the version that made it',
    });
  }
  if (profile.examplesDigest !== null && profile.examplesDigest !== examples?.digest) {
    throw new CodejuryError('digest-mismatch', `${path}: this judge was measured with other examples`, {
      hint: `expected sha256 ${profile.examplesDigest}, found ${examples?.digest ?? 'none'}`,
    });
  }
}
