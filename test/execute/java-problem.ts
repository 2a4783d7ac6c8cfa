import { findJdk } from '../../src/execute/java/find-jdk.ts';
import { openSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { problem } from './attack-bench.ts';

/** Why Java cannot be attacked on this machine; null where it can. */
export const javaAttackProblem =
  problem ??
  (await openSandbox('bubblewrap', process.env)
    .then(findJdk)
    .then(() => null)
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error))));

/** A title that says why the tests below it are skipped, where they are. */
export function titledJavaAttacks(title: string): string {
  return javaAttackProblem === null ? title : `${title} (skipped: ${javaAttackProblem})`;
}
