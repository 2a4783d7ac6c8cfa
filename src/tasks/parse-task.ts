import { basename, extname } from 'node:path';
import { z } from 'zod';
import { completionFrameSchema, type Task, testProgramSchema } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { nearest } from '../util/nearest.ts';
import { entryPointOf } from './entry-point-of.ts';
import { parseDocument } from './parse-document.ts';
import { withinCheckouts } from './within-checkouts.ts';

const trimmedText = z.string().trim().min(1, { error: 'expected some text, received an empty string' });

/**
 * A task as people write it. Absent and null are the same, so that a task printed as JSON by one command can be read by
 * another.
 */
const taskFileSchema = z.strictObject({
  id: trimmedText.nullish(),
  benchmark: trimmedText.nullish(),
  language: trimmedText,
  description: trimmedText,
  signature: z.string().trim(),
  entryPoint: trimmedText.nullish(),
  /** Source that runs after the candidate, or both halves of a test program. */
  tests: z.union([z.string(), testProgramSchema]).nullish(),
  canonical: z.string().nullish(),
  prompt: z.string().nullish(),
  completion: completionFrameSchema.nullish(),
  problem: trimmedText.nullish(),
  resources: z.record(z.string(), z.string()).nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

const KEYS = Object.keys(taskFileSchema.shape);

/** What a task gets where its text does not say. */
interface TaskDefaults {
  readonly id: string;
  readonly benchmark: string;
}

/**
 * The task that a YAML or JSON text holds. `source` is a file name for messages and for the format (`.json` or YAML); the
 * id defaults to `file/<source without folder and extension>`, the benchmark to `file`. Blank tests count as none, as does a
 * blank solution.
 *
 * @throws {CodejuryError} `usage`, with a line for each field that is missing, unknown (naming the nearest), or of the
 * wrong kind: the field, what was expected, what was received.
 */
export async function parseTask(
  text: string,
  source: string,
  defaults?: Partial<TaskDefaults>,
): Promise<Task> {
  return taskOfDocument(await parseDocument(text, source), source, defaults);
}

/**
 * The task in a parsed document, see `parseTask`; `source` is named first in messages.
 *
 * @param checkouts where its project may lie, see `withinCheckouts`
 * @throws {CodejuryError} `usage`, as `parseTask` does.
 */
export function taskOfDocument(
  document: unknown,
  source: string,
  defaults?: Partial<TaskDefaults>,
  checkouts: string | null = null,
): Task {
  const parsed = taskFileSchema.safeParse(document);
  if (!parsed.success) {
    throw invalidTask(source, document, parsed.error.issues);
  }
  const file = parsed.data;
  const task: Task = {
    id: file.id ?? defaults?.id ?? `file/${basename(source, extname(source))}`,
    benchmark: file.benchmark ?? defaults?.benchmark ?? 'file',
    language: file.language,
    description: file.description,
    signature: file.signature,
    prompt: file.prompt ?? null,
    completion: file.completion ?? null,
    entryPoint: file.entryPoint ?? entryPointOf(file.language, file.signature),
    tests: toTestProgram(file.tests ?? null),
    problem: file.problem ?? null,
    canonical: file.canonical?.trim() ? file.canonical : null,
    resources: file.resources ?? null,
    metadata: file.metadata ?? {},
  };
  return withinCheckouts(task, checkouts);
}

function toTestProgram(tests: string | NonNullable<Task['tests']> | null): Task['tests'] {
  const program = typeof tests === 'string' ? { before: '', after: tests } : tests;
  return program === null || program.after.trim() === '' ? null : program;
}

function invalidTask(source: string, document: unknown, issues: readonly z.core.$ZodIssue[]): CodejuryError {
  const hint = `a task has the fields ${KEYS.join(', ')}; language, description and signature are required`;
  if (kindOf(document) !== 'an object') {
    return new CodejuryError(
      'usage',
      `${source}: expected one task (an object), received ${kindOf(document)}`,
      { hint },
    );
  }
  // Unknown keys first: a mistyped key is the usual cause of a missing one.
  const ordered = issues.toSorted((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)));
  const lines = ordered.flatMap((issue) => describeIssue(document, issue));
  return new CodejuryError('usage', lines.map((line) => `${source}: ${line}`).join('\n'), { hint });
}

function isUnknownKey(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys';
}

function describeIssue(document: unknown, issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = path.length === 0 ? nearest(key, KEYS) : null;
      return `unknown field ${[...path, key].join('.')}${meant === null ? '' : `, did you mean ${meant}?`}`;
    });
  }
  if (issue.code === 'too_small') {
    return [`${path.join('.')}: ${issue.message}`];
  }
  const expected =
    issue.code === 'invalid_union'
      ? 'a string or an object with before and after'
      : issue.code === 'invalid_type'
        ? (EXPECTED_IN_WORDS[issue.expected] ?? issue.expected)
        : issue.message;
  return [`${path.join('.')}: expected ${expected}, received ${kindOf(valueAt(document, path))}`];
}

const EXPECTED_IN_WORDS: Readonly<Record<string, string>> = {
  string: 'a string',
  object: 'an object',
  record: 'an object',
};

function valueAt(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
    document,
  );
}

function kindOf(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return `a list of ${value.length}`;
  }
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return 'a string';
    default:
      return `the ${typeof value} ${String(value)}`;
  }
}
