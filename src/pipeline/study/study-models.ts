import type { StudyJudge } from '../../contracts/study-config.ts';
import { readProfile } from '../read-profile.ts';
import { resolveFrom } from '../read-team.ts';

/** Whether a model is asked over the network, and computes on none of our cores. */
export function isServer(model: string): boolean {
  return /^\s*openai:/.test(model);
}

/**
 * The model that a judge asks, as its profile or the study names it.
 *
 * @throws {CodejuryError} as readProfile.
 */
export async function modelOfJudge({ model, profile }: StudyJudge, folder: string): Promise<string> {
  if (profile === null) return model ?? '';
  return (await readProfile(resolveFrom(folder, profile))).profile.model;
}
