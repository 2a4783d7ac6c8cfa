import { probeSchema } from '../contracts/probe.ts';
import { CodejuryError } from '../errors.ts';
import { hashFile } from '../io/hash-file.ts';
import { readJsonFile } from '../io/read-json-file.ts';
import type { LoadedProbe } from '../judge/probe-strategy.ts';
import { parseStrict } from '../util/parse-strict.ts';

/**
 * Reads the coefficients of a probe judge.
 *
 * @param expected sha256 (hex) of the file the judge was measured with; null when the profile does not say
 * @throws {CodejuryError} `not-found`, `usage` for a file of another form, `digest-mismatch`.
 */
export async function readProbe(path: string, expected: string | null): Promise<LoadedProbe> {
  const hint = 'a probe is a JSON file beside its judge profile; `codejury train --method probe` writes both';
  const value = await readJsonFile(path, 'probe', hint);
  const digest = await hashFile(path);
  if (expected !== null && digest !== expected) {
    throw new CodejuryError('digest-mismatch', `${path}: this judge was measured with another probe`, {
      hint: `expected sha256 ${expected}, found ${digest}`,
    });
  }
  return { probe: parseStrict(probeSchema, value, path), digest };
}
