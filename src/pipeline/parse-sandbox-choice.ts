import { CodejuryError } from '../errors.ts';
import { type SandboxChoice, sandboxChoices } from '../execute/sandbox/open-sandbox.ts';

/** @throws {CodejuryError} `usage` for anything that is no choice. */
export function parseSandboxChoice(text: string): SandboxChoice {
  const choice = sandboxChoices.find((known) => known === text);
  if (choice === undefined) {
    throw new CodejuryError(
      'usage',
      `sandbox: expected one of ${sandboxChoices.join(', ')}, received ${text}`,
      { hint: 'auto is the default; none runs generated code unprotected' },
    );
  }
  return choice;
}
