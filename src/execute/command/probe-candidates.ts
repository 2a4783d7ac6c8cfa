import type { CommandRunnerConfig } from '../../contracts/command-runner.ts';
import { fillPlaceholders } from './fill-placeholders.ts';

/** A candidate that must not pass its task's tests. */
export interface ProbeCandidate {
  readonly kind: 'empty' | 'throwing' | 'dummy';
  readonly code: string;
}

/**
 * The probes of a language for one signature, in the order empty, throwing, dummies; none where its runner declares none. A
 * signature that opens its block (`{` at its end) is taken without that.
 */
export function probeCandidates(
  { probes }: Pick<CommandRunnerConfig, 'probes'>,
  signature: string,
): ProbeCandidate[] {
  if (probes === null) return [];
  const header = signature.trimEnd().replace(/\s*\{$/, '');
  const { empty, throwing, dummies } = probes.bodies;
  const bodies: [ProbeCandidate['kind'], string | null][] = [
    ['empty', empty],
    ['throwing', throwing],
    ...dummies.map((body): [ProbeCandidate['kind'], string] => ['dummy', body]),
  ];
  return bodies.flatMap(([kind, body]) =>
    body === null ? [] : [{ kind, code: fillPlaceholders(probes.bodyTemplate, { signature: header, body }) }],
  );
}
