import { CodejuryError } from '../errors.ts';
import { TRANSFORMERS_PREFIX } from '../lm/transformers/model-prefix.ts';
import { schemeOf } from '../models/model-reference.ts';
import { readProfile } from './read-profile.ts';
import { resolveFrom, type TeamOverrides, type TeamSource } from './read-team.ts';

/**
 * Flags such as `--threads` are for models that run in this process: makes sure that one of the judges does.
 *
 * @throws {CodejuryError} `usage` naming the flags that no judge would use.
 */
export async function requireEmbeddedJudge(
  { config, folder }: TeamSource,
  { everyModel = {} }: TeamOverrides,
): Promise<void> {
  const flags = Object.keys(everyModel).map((field) => `--${field}`);
  if (flags.length === 0) return;
  for (const { model, profile } of config.judges) {
    const served = profile === null ? model : (await readProfile(resolveFrom(folder, profile))).profile.model;
    if (served === null || !(served.startsWith(TRANSFORMERS_PREFIX) || schemeOf(served) === 'openai')) return;
  }
  throw new CodejuryError('usage', `${flags.join(' and ')}: no judge runs in this process`, {
    hint: 'it is for embedded models (GGUF files); a server is set up where it is started',
  });
}
