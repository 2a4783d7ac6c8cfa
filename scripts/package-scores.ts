import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('crystalbleu-scores.py', import.meta.url));

export interface ScoreSetting {
  readonly trivialCount: number;
  readonly epsilon: number;
}

export interface ScoreRequest {
  readonly texts: readonly (readonly string[])[];
  /** How many of the texts, from the first, decide what is trivially shared. */
  readonly corpusSize: number;
  /** Hypothesis and reference, as indices of texts. */
  readonly pairs: readonly (readonly [number, number])[];
  readonly settings: readonly ScoreSetting[];
}

/** What the package `crystalbleu` says, for each setting in turn. */
export interface PackageScores {
  readonly package: string;
  readonly nltk: string;
  readonly python: string;
  readonly scores: readonly (readonly number[])[];
  readonly seconds: readonly number[];
}

/**
 * Lets a Python that has the package score pairs of token lists, one after another.
 *
 * @throws {Error} when it cannot; the message says how to install the package.
 */
export function packageScores(python: string, request: ScoreRequest): PackageScores {
  const { status, stdout, stderr, error } = spawnSync(python, [PROGRAM], {
    input: JSON.stringify(request),
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) {
    const reason = stderr?.toString().trim().split('\n').at(-1) || error?.message;
    throw new Error(
      `${python} could not score with crystalbleu: ${reason}\nmake one that can: python3 -m venv FOLDER && FOLDER/bin/pip install crystalbleu==0.2 nltk==3.9.1, and give FOLDER/bin/python`,
    );
  }
  return JSON.parse(stdout.toString()) as PackageScores;
}
