type Cells = Readonly<Record<string, unknown>>;

/**
 * What a record has in a column: the member of that name, else the way through objects in it that the dots of the name tell, the
 * longest names first; so `ratings.gpt-3.5-turbo` is found beside and in `ratings`. Undefined = there is no such column.
 */
export function recordColumn(record: Cells, column: string): unknown {
  if (Object.hasOwn(record, column)) return record[column];
  for (let dot = column.lastIndexOf('.'); dot > 0; dot = column.lastIndexOf('.', dot - 1)) {
    const inner = record[column.slice(0, dot)];
    if (!isCells(inner)) continue;
    const found = recordColumn(inner, column.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What the `*` of a column's name stands for in the columns of a record, in their order: `rating_*` looks at its members, `ratings.*`
 * at those of the object `ratings` too.
 */
export function starredColumns(record: Cells, column: string): string[] {
  const star = column.indexOf('*');
  const [before, after] = [column.slice(0, star), column.slice(star + 1)];
  const names = matches(Object.keys(record), before, after);
  for (let dot = before.lastIndexOf('.'); dot > 0; dot = before.lastIndexOf('.', dot - 1)) {
    const inner = recordColumn(record, before.slice(0, dot));
    if (isCells(inner)) names.push(...matches(Object.keys(inner), before.slice(dot + 1), after));
  }
  return names;
}

function matches(names: readonly string[], before: string, after: string): string[] {
  return names
    .filter((name) => name.length > before.length + after.length)
    .filter((name) => name.startsWith(before) && name.endsWith(after))
    .map((name) => name.slice(before.length, name.length - after.length));
}

function isCells(value: unknown): value is Cells {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
