import { join, posix } from 'node:path';
import { CodejuryError } from '../errors.ts';
import { nearest } from '../util/nearest.ts';
import { languageIdOf } from './builtin-language.ts';

/** A benchmark that `codejury tasks pull` gets from the hub. */
export interface BenchmarkEntry {
  /** Lower case, unique; what users write. */
  readonly name: string;
  readonly language: string;
  /** SPDX identifier, as the data set's page says. */
  readonly licence: string;
  /** Of the data set on the hub: owner and name. */
  readonly repository: string;
  /** The commit that is fetched, 40 hex digits, so that a benchmark is the same whenever it is pulled. */
  readonly revision: string;
  readonly files: readonly BenchmarkFile[];
  /** True only if the project itself downloaded these files and computed the digests. */
  readonly digestVerified: boolean;
  /** What to know before it is used; null = nothing. */
  readonly note: string | null;
}

interface BenchmarkFile {
  /** Inside the repository, `/` between folders. */
  readonly path: string;
  /** Lower-case hex; null = nobody told, so the first download is trusted and its digest recorded. */
  readonly sha256: string | null;
}

const NEEDS_NUMPY =
  "its tests import numpy; the project's own releases (.jsonl.gz, `tasks import`) do not need it";

/** MultiPL-E's names of the languages it is on the hub for. */
const MULTIPL_E = 'cpp cs d go java jl js lua php pl r rb rkt rs scala sh swift ts'.split(' ');
const HUMANEVAL_X = 'cpp go java js python'.split(' ');
const MBXP = 'cpp csharp go java javascript kotlin perl php python ruby scala swift typescript'.split(' ');

/** All benchmarks that can be pulled, related ones together. */
export const BENCHMARKS: readonly BenchmarkEntry[] = [
  entry('humaneval', 'python', 'MIT', 'openai/openai_humaneval', '7dce6050a7d6d172f3cc5c32aa97f52fa1a2e544', [
    'openai_humaneval/test-00000-of-00001.parquet',
  ]),
  entry(
    'humaneval-plus',
    'python',
    'Apache-2.0',
    'evalplus/humanevalplus',
    'd32357cf319e50e9c8d8dab5ea876c72b0fd321b',
    ['data/test-00000-of-00001-5973903632b82d40.parquet'],
    NEEDS_NUMPY,
  ),
  entry(
    'mbpp',
    'python',
    'CC-BY-4.0',
    'google-research-datasets/mbpp',
    '4bb6404fdc6cacfda99d4ac4205087b89d32030c',
    ['prompt', 'test', 'validation', 'train'].map((split) => `full/${split}-00000-of-00001.parquet`),
  ),
  entry(
    'mbpp-sanitized',
    'python',
    'CC-BY-4.0',
    'google-research-datasets/mbpp',
    '4bb6404fdc6cacfda99d4ac4205087b89d32030c',
    ['prompt', 'test', 'validation', 'train'].map((split) => `sanitized/${split}-00000-of-00001.parquet`),
  ),
  entry(
    'mbpp-plus',
    'python',
    'Apache-2.0',
    'evalplus/mbppplus',
    '9a36f31e81d5e1670b68e6de8ef23da0c4e1abb5',
    ['data/test-00000-of-00001-d5781c9c51e02795.parquet'],
    NEEDS_NUMPY,
  ),
  ...['humaneval', 'mbpp'].flatMap((set) =>
    MULTIPL_E.map((language) =>
      entry(
        `multipl-e-${set}-${languageIdOf(language)}`,
        languageIdOf(language),
        'MIT',
        'nuprl/MultiPL-E',
        '832b2f4f03efe6b4159695a8d5d7c8efe8f4d493',
        [`${set}-${language}/test/0000.parquet`],
      ),
    ),
  ),
  ...HUMANEVAL_X.map((language) =>
    entry(
      `humaneval-x-${languageIdOf(language)}`,
      languageIdOf(language),
      'Apache-2.0',
      'zai-org/humaneval-x',
      'afdb989127a0b35e178edce1770b049ff30729d6',
      [`data/${language}/data/humaneval.jsonl`],
      language === 'go' ? 'its tests need the module github.com/stretchr/testify' : null,
    ),
  ),
  ...MBXP.map((language) =>
    entry(
      `mbxp-${languageIdOf(language)}`,
      languageIdOf(language),
      'Apache-2.0',
      'mxeval/mbxp',
      'a7cf417e55fd4bb98fd19f2d87a48e0446c914b6',
      [`${language}/mbxp-test.parquet`],
    ),
  ),
];

/** Where a pulled file of the benchmark lies, in the folder of all of them. */
export function benchmarkFilePath(folder: string, { name }: BenchmarkEntry, { path }: BenchmarkFile): string {
  return join(folder, name, posix.basename(path));
}

/** The benchmark of that name, case ignored; null when there is none. */
export function findBenchmark(name: string): BenchmarkEntry | null {
  return BENCHMARKS.find((known) => known.name === name.trim().toLowerCase()) ?? null;
}

/**
 * The benchmark of that name.
 *
 * @throws {CodejuryError} `not-found` naming the nearest.
 */
export function requireBenchmark(name: string): BenchmarkEntry {
  const found = findBenchmark(name);
  if (found !== null) {
    return found;
  }
  const meant = nearest(
    name,
    BENCHMARKS.map((known) => known.name),
  );
  throw new CodejuryError('not-found', `no benchmark is named ${JSON.stringify(name)}`, {
    hint: meant === null ? '`codejury tasks list` shows those that can be pulled' : `did you mean ${meant}?`,
  });
}

function entry(
  name: string,
  language: string,
  licence: string,
  repository: string,
  revision: string,
  files: readonly string[],
  note: string | null = null,
): BenchmarkEntry {
  return {
    name,
    language,
    licence,
    repository,
    revision,
    files: files.map((path) => ({ path, sha256: null })),
    digestVerified: false,
    note,
  };
}
