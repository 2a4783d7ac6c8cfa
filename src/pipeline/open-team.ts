import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type JudgeProfile, judgeProfileSchema } from '../contracts/judge-profile.ts';
import type { JudgeConfig, TeamConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { JUDGE_LABELS, ZERO_SHOT_JUDGE_HASH } from '../prompts/zero-shot-judge.ts';
import { parseStrict } from '../util/parse-strict.ts';
import type { OpenJudge } from './judge-panel.ts';
import type { ModelOpener } from './open-model.ts';
import { type OpenWriter, openWriter } from './open-writer.ts';
import { resolveFrom, type TeamSource } from './read-team.ts';

/** A team with its models in memory. The opener that opened them disposes of them. */
export interface OpenTeam {
  readonly config: TeamConfig;
  readonly writer: OpenWriter;
  readonly judges: readonly OpenJudge[];
  /** Opens the larger model only when it is needed; null when the team has none. */
  readonly openEscalation: (() => Promise<OpenWriter>) | null;
}

/**
 * Opens generator and judges of a team.
 *
 * @throws {CodejuryError} `usage` for settings that contradict each other, `not-found` or `model` for missing or wrong
 *   files, `capability` for a model that cannot do its part.
 */
export async function openTeam(source: TeamSource, opener: ModelOpener): Promise<OpenTeam> {
  const { config, folder } = source;
  const { escalateTo } = config;
  if (config.judges.length === 0 && (config.stopWhen !== null || config.minimumScore !== null)) {
    throw new CodejuryError('usage', 'stopWhen and minimumScore need at least one judge', {
      hint: 'add a judge, or remove these fields',
    });
  }
  if (escalateTo !== null && config.minimumScore === null) {
    throw new CodejuryError('usage', 'escalateTo needs minimumScore: below which score shall it be asked?', {
      hint: 'for example minimumScore: 0.5',
    });
  }
  const writer = await openWriter(config.generator, folder, opener);
  return {
    config,
    writer,
    judges: await openJudges(source, opener),
    openEscalation: escalateTo === null ? null : () => openWriter(escalateTo, folder, opener),
  };
}

/** Opens the judges alone. */
export async function openJudges(source: TeamSource, opener: ModelOpener): Promise<readonly OpenJudge[]> {
  const judges: OpenJudge[] = [];
  for (const judge of source.config.judges) {
    judges.push(await openJudge(judge, source.folder, opener));
  }
  return uniquelyNamed(judges);
}

async function openJudge(config: JudgeConfig, folder: string, opener: ModelOpener): Promise<OpenJudge> {
  if (config.profile === null) {
    const { model } = await opener.open({
      ...config,
      model: config.model ?? '',
      labels: JUDGE_LABELS,
      folder,
    });
    return {
      name: config.name ?? config.model ?? model.name,
      model,
      calibration: { confidenceBounds: null, platt: null },
    };
  }
  const path = resolveFrom(folder, config.profile);
  const profile = await readProfile(path);
  const { model } = await opener.open({
    ...config,
    model: profile.model,
    adapter: profile.adapter,
    adapterScale: profile.adapterScale,
    labels: JUDGE_LABELS,
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
  return { name: config.name ?? profile.name, model, calibration: profile };
}

async function readProfile(path: string): Promise<JudgeProfile> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CodejuryError('not-found', `cannot read the judge profile ${path}`, {
      hint: 'a judge profile is a JSON file; a judge without one is written as { model: … }',
      cause,
    });
  }
  const profile = parseStrict(judgeProfileSchema, value, path);
  if (profile.templateHash !== null && profile.templateHash !== ZERO_SHOT_JUDGE_HASH) {
    throw new CodejuryError('usage', `${path}: this judge was measured with another prompt template`, {
      hint: 'measure it again with this version of codejury, or use the version that made it',
    });
  }
  return profile;
}

/** Two judges of the same name would be one column in every table. */
function uniquelyNamed(judges: readonly OpenJudge[]): readonly OpenJudge[] {
  const seen = new Map<string, number>();
  return judges.map((judge) => {
    const count = (seen.get(judge.name) ?? 0) + 1;
    seen.set(judge.name, count);
    return count === 1 ? judge : { ...judge, name: `${judge.name}#${count}` };
  });
}
