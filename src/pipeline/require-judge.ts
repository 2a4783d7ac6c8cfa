import { stat } from 'node:fs/promises';
import type { JudgeConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { isModelFile, schemeOf } from '../models/model-reference.ts';
import { profileFile, readProfile } from './read-profile.ts';

/**
 * Makes sure, before anything is read or opened, that a judge is named as what it is: its profile is there and is one, and what is
 * named as a model is not the folder of a trained judge.
 *
 * @param resolvePath gives a path of the team as one from the working folder
 * @throws {CodejuryError} `not-found` or `usage`, with how trained judges and models are named.
 */
export async function requireJudge(
  { model, profile }: Pick<JudgeConfig, 'model' | 'profile'>,
  resolvePath: (path: string) => string,
): Promise<void> {
  if (profile !== null) {
    await readProfile(resolvePath(profile));
    return;
  }
  if (model === null || schemeOf(model) !== null || isModelFile(model)) return;
  const path = resolvePath(model);
  const facts = await stat(path).catch(() => null);
  if (facts?.isDirectory() && (await stat(await profileFile(path)).catch(() => null)) !== null) {
    throw new CodejuryError('usage', `${model} is the folder of a trained judge, named as a model`, {
      hint: `name it with --profile ${model}, in a team file with \`profile: ${model}\``,
    });
  }
  if (/[\\/]/.test(model) && facts === null) {
    throw new CodejuryError('not-found', `there is no judge ${model}`, {
      hint: '`codejury train --out FOLDER` makes one, and --profile FOLDER names it; a judge that was not trained is a name of `codejury models list` or the path of a .gguf file',
    });
  }
}
