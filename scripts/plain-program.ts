/** A program as a benchmark's own harness puts it together, from the fields of its record alone. */
export interface PlainProgram {
  readonly source: string;
  readonly fileName: string;
}

type BenchmarkRecord = Readonly<Record<string, unknown>>;

const THROWING_BODY = '        throw new UnsupportedOperationException();';

/** The first whose fields a record has. */
const HARNESSES: readonly {
  readonly fields: readonly string[];
  readonly source: (field: (name: string) => string, completion: string) => string;
  readonly javaClass: string;
}[] = [
  // MultiPL-E: the tests close the method.
  {
    fields: ['stop_tokens', 'tests'],
    source: (field, completion) => `${field('prompt')}${completion}\n${field('tests')}`,
    javaClass: 'Problem',
  },
  // HumanEval-X: the completion closes method and class.
  {
    fields: ['declaration', 'test'],
    source: (field, completion) => `${field('prompt')}${completion}\n${field('test')}`,
    javaClass: 'Main',
  },
  // MBXP: the same, without a line break.
  {
    fields: ['description', 'entry_point', 'test'],
    source: (field, completion) => `${field('prompt')}${completion}${field('test')}`,
    javaClass: 'Main',
  },
  // HumanEval: the tests are a function.
  {
    fields: ['entry_point', 'test'],
    source: (field, completion) =>
      `${field('prompt')}${completion}\n${field('test')}\ncheck(${field('entry_point')})`,
    javaClass: 'Main',
  },
];

/**
 * The program of a completion of a record's prompt.
 *
 * @param completion null = a body that throws (MultiPL-E's Java)
 */
export function plainProgram(
  record: BenchmarkRecord,
  completion: string | null,
  language: 'java' | 'python',
): PlainProgram {
  const harness = HARNESSES.find(({ fields }) => fields.every((name) => name in record));
  if (harness === undefined) throw new Error(`no harness for the fields ${Object.keys(record).join(', ')}`);
  return {
    source: harness.source((name) => String(record[name]), completion ?? THROWING_BODY),
    fileName: language === 'java' ? `${harness.javaClass}.java` : 'program.py',
  };
}
