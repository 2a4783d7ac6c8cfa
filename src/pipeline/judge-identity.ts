import type { JudgeIdentity } from '../contracts/judge-identity.ts';
import type { JudgeProfile } from '../contracts/judge-profile.ts';
import type { OpenJudge } from './open-judge.ts';

/** What is needed of an opened judge to identify it. */
export interface IdentifiedJudge {
  readonly model: Pick<OpenJudge['model'], 'digest' | 'settings'>;
  readonly strategy: Pick<OpenJudge['strategy'], 'templateHash' | 'dataDigest'>;
}

/** Digits that are kept of each hash: 64 bits, enough that no two judges meet. */
const DIGITS = 16;

/** Parts of an identity as messages call them. */
const NAMES: Readonly<Record<keyof JudgeIdentity, string>> = {
  weights: 'other weights',
  template: 'another method or prompt template',
  data: 'other examples or another probe',
};

/** What an opened judge is. */
export function identifyJudge({ model, strategy }: IdentifiedJudge): JudgeIdentity {
  return {
    weights: scaled(shortened(model.digest), model.settings.adapterScale),
    template: shortened(strategy.templateHash),
    data: shortened(strategy.dataDigest),
  };
}

/** What a profile says its judge is. */
export function identifyProfile(
  profile: Pick<
    JudgeProfile,
    'modelDigest' | 'adapterDigest' | 'adapterScale' | 'templateHash' | 'examplesDigest' | 'probeDigest'
  >,
): JudgeIdentity {
  const { modelDigest, adapterDigest, adapterScale, templateHash, examplesDigest, probeDigest } = profile;
  const weights = [modelDigest, adapterDigest].filter((digest) => digest !== null).join('+');
  return {
    weights: modelDigest === null ? null : scaled(shortened(weights), adapterScale),
    template: shortened(templateHash),
    data: shortened(examplesDigest ?? probeDigest),
  };
}

/**
 * What `b` has that `a` has not, in words for a message; null when nothing that both know differs, also when one is
 * unknown altogether.
 */
export function identityDifference(a: JudgeIdentity | null, b: JudgeIdentity | null): string | null {
  if (a === null || b === null) return null;
  const parts = ['weights', 'template', 'data'] as const;
  const part = parts.find((name) => a[name] !== null && b[name] !== null && a[name] !== b[name]);
  return part === undefined ? null : `${NAMES[part]} (${b[part]}, not ${a[part]})`;
}

/** An adapter that counts half is another judge. */
function scaled(weights: string | null, scale: unknown): string | null {
  return weights === null || typeof scale !== 'number' || scale === 1 ? weights : `${weights}*${scale}`;
}

function shortened(digest: string | null): string | null {
  return (
    digest
      ?.split('+')
      .map((part) => part.slice(0, DIGITS))
      .join('+') ?? null
  );
}
