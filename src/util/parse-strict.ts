import { z } from 'zod';
import { CodejuryError } from '../errors.ts';
import { nearest } from './nearest.ts';

/** Longest rendering of a received value in a message, in characters. */
const RECEIVED_LENGTH = 60;

/**
 * The value as the schema's output. Used at the edge for everything a user writes.
 *
 * @param where file or flag the value came from, named first in the message
 * @throws {CodejuryError} `usage` listing each problem with path, expected and received; an unknown key names the
 *   nearest known one.
 */
export function parseStrict<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.flatMap((issue) => describeIssue(schema, value, issue));
  const [first] = problems;
  throw new CodejuryError('usage', `${where}: ${problems.map((problem) => problem.message).join('; ')}`, {
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
    cause: result.error,
  });
}

interface Problem {
  readonly message: string;
  readonly hint?: string;
}

function describeIssue(schema: z.ZodType, value: unknown, issue: z.core.$ZodIssue): Problem[] {
  const place = renderPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schemaAt(schema, issue.path));
    return issue.keys.map((key) => {
      const suggestion = nearest(key, known);
      return {
        message: `unknown key "${[place, key].filter(Boolean).join('.')}"`,
        hint: suggestion === null ? `known keys here: ${known.join(', ')}` : `did you mean "${suggestion}"?`,
      };
    });
  }
  const received = valueAt(value, issue.path);
  const rendered = render(received);
  // The library's own words, without its prefix and its name for what it received.
  const expected = issue.message
    .replace(/^(Invalid input|Too small|Too big): /, '')
    .replace(/, received .*$/s, '');
  return [
    {
      message: `${place || 'value'}: ${expected}, received ${rendered.length > RECEIVED_LENGTH ? `${rendered.slice(0, RECEIVED_LENGTH)}…` : rendered}`,
    },
  ];
}

function render(received: unknown): string {
  if (received === undefined) {
    return 'nothing';
  }
  return typeof received === 'number' ? String(received) : (JSON.stringify(received) ?? String(received));
}

function renderPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[part] : undefined,
    value,
  );
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | null {
  let current: z.ZodType | null = unwrap(schema);
  for (const part of path) {
    if (current instanceof z.ZodObject) {
      current = (current.shape as Record<string, z.ZodType>)[String(part)] ?? null;
    } else if (current instanceof z.ZodArray) {
      current = current.element as z.ZodType;
    } else {
      return null;
    }
    current = current && unwrap(current);
  }
  return current;
}

/** Removes defaults, nullability and the like around a schema, and what becomes of its values afterwards. */
function unwrap(schema: z.ZodType): z.ZodType {
  const { innerType, in: before } = schema.def as { innerType?: z.ZodType; in?: z.ZodType };
  const inner = innerType ?? before;
  return inner === undefined ? schema : unwrap(inner);
}

function knownKeys(schema: z.ZodType | null): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
