import type { Combiner } from '../contracts/combiner.ts';
import type { JudgeIdentity } from '../contracts/judge-identity.ts';
import { CodejuryError } from '../errors.ts';
import { type IdentifiedJudge, identifyJudge, identityDifference } from './judge-identity.ts';

interface NamedJudge extends IdentifiedJudge {
  readonly name: string;
}

/**
 * The judges of a team, by name, in the order in which a combination was fitted for them. They are found by name; where two were
 * called the same, so that only their places in the team named them apart, by what they are.
 *
 * @param path of the combination, for messages
 * @throws {CodejuryError} `usage` for judges of other names, for one that is not what it was when the combination was fitted, and for
 * two of one name that nothing tells apart.
 */
export function matchJudges(
  { judges: names, identities }: Pick<Combiner, 'judges' | 'identities'>,
  judges: readonly NamedJudge[],
  path: string,
): readonly string[] {
  const given = judges.map(({ name }) => name);
  if (given.toSorted().join('\n') !== names.toSorted().join('\n')) {
    throw new CodejuryError(
      'usage',
      `${path} was fitted for the judges ${names.join(', ')}; the team has ${given.join(', ') || 'none'}`,
      { hint: 'give the judges of the team these names ("name"), or fit again' },
    );
  }
  const known = new Map(judges.map((judge) => [judge.name, identifyJudge(judge)]));
  const fitted = new Map(names.map((name, index) => [name, identities?.[index] ?? null]));
  const matched = new Map<string, string>();
  for (const name of names) {
    const isTwin = (other: string) => baseName(other) === baseName(name);
    const candidates = given.filter((other) => isTwin(other) && ![...matched.values()].includes(other));
    const wanted = fitted.get(name) ?? null;
    // Its own name first: of two judges that are the same, each keeps its own.
    const found = candidates
      .toSorted((a, b) => Number(b === name) - Number(a === name))
      .find((other) => identityDifference(wanted, known.get(other) ?? null) === null);
    const difference = identityDifference(wanted, known.get(name) ?? null);
    if (found === undefined && difference !== null) {
      throw new CodejuryError(
        'usage',
        `${path} was fitted for another judge "${name}": that of the team has ${difference}`,
        { hint: 'fit again on verdicts of this judge, or name the judge that was measured' },
      );
    }
    const twins = given.filter((other) => other !== found && isTwin(other)).map((other) => known.get(other));
    if (
      found === undefined ||
      !twins.every((twin) => isToldApart(wanted, known.get(found) ?? null, twin ?? null))
    ) {
      throw new CodejuryError(
        'usage',
        `${path}: the team has several judges "${baseName(name)}", and nothing else tells which is which`,
        { hint: 'give them names of their own ("name"), judge and fit again' },
      );
    }
    matched.set(name, found);
  }
  return names.map((name) => matched.get(name) ?? name);
}

/** Whether it is sure that `found` is what was wanted, and `twin` is not unless both are the same. */
function isToldApart(
  wanted: JudgeIdentity | null,
  found: JudgeIdentity | null,
  twin: JudgeIdentity | null,
): boolean {
  const isSame = JSON.stringify(found) === JSON.stringify(twin) && found?.weights != null;
  return wanted !== null && (isSame || identityDifference(wanted, twin) !== null);
}

/** Without what the place in the team adds to the name of a second judge. */
function baseName(name: string): string {
  return name.replace(/#\d+$/, '');
}
