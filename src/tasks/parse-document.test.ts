import { expect, test } from 'vitest';
import { parseDocument } from './parse-document.ts';

test('reads YAML and JSON', async () => {
  expect(await parseDocument('a: 1\nb: |\n  x\n', 'f.yaml')).toEqual({ a: 1, b: 'x\n' });
  expect(await parseDocument('{"a": [1, null]}', 'f.JSON')).toEqual({ a: [1, null] });
  expect(await parseDocument('{"a": 1}', 'no-extension')).toEqual({ a: 1 });
});

test('names line and column of invalid YAML', async () => {
  await expect(parseDocument('id: a\nsignature: def f(x: int) -> int:\n', 'f.yaml')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/^f\.yaml:2:\d+: invalid YAML, /),
  });
});

test('refuses a repeated key and a second document', async () => {
  await expect(parseDocument('a: 1\nb: 2\na: 3\n', 'f.yaml')).rejects.toThrow(
    /^f\.yaml:3:1: .*the key a is there twice/,
  );
  await expect(parseDocument('a: 1\n---\na: 2\n', 'f.yaml')).rejects.toMatchObject({
    message: expect.stringMatching(/^f\.yaml:2:1: /),
    hint: expect.stringMatching(/one task/),
  });
});

test('names the place in invalid JSON', async () => {
  await expect(parseDocument('{"a": 1,}', 'f.json')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/^f\.json: expected JSON, .*position 8/),
  });
});

test('shares a value by an alias, but does not expand a bomb', async () => {
  expect(await parseDocument('a: &x [1]\nb: *x\n', 'f.yaml')).toEqual({ a: [1], b: [1] });
  const levels = Array.from({ length: 12 }, (_, level) => {
    const below = level === 0 ? '"x"' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array.from({ length: 10 }, () => below).join(', ')}]`;
  });
  await expect(parseDocument(levels.join('\n'), 'f.yaml')).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/alias/i),
  });
  await expect(parseDocument('a: *nowhere\n', 'f.yaml')).rejects.toMatchObject({ code: 'usage' });
});

test('survives deep nesting', async () => {
  await expect(parseDocument('['.repeat(20_000), 'f.yaml')).rejects.toMatchObject({ code: 'usage' });
});
