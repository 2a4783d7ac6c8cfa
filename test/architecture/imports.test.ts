import { describe, expect, it } from 'vitest';
import { type Import, readImports, sourceFiles } from './read-imports.ts';

const GROUND = ['contracts', 'errors', 'util', 'io'];
const FOUNDATION = [...GROUND, 'lang', 'prompts', 'lm/language-model'];
const STAGES = [
  'tasks',
  'generate',
  'clean',
  'execute',
  'judge',
  'select',
  'dataset',
  'train',
  'evaluate',
  'report',
  'store',
];

/** What each part of src may import, besides itself. A part that is not listed fails the test. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  contracts: [],
  util: ['errors'],
  io: ['errors', 'util'],
  lang: GROUND,
  prompts: [...GROUND, 'lang', 'lm/language-model'],
  'lm/language-model': ['contracts', 'errors'],
  'lm/llama': [...GROUND, 'lm/language-model'],
  'lm/openai': [...GROUND, 'lm/language-model'],
  'lm/transformers': [...GROUND, 'lm/language-model'],
  models: GROUND,
  ...Object.fromEntries(STAGES.map((stage) => [stage, FOUNDATION])),
  pipeline: [...FOUNDATION, ...STAGES, 'lm/llama', 'lm/openai', 'lm/transformers', 'models'],
  // What runs in a browser: `join-modules.ts` refuses packages there, so what it imports must not need any.
  web: ['contracts', 'util', 'lang'],
  cli: [...GROUND, 'pipeline'],
  testing: [...GROUND, 'lm/language-model'],
  index: [...FOUNDATION, ...STAGES, 'pipeline', 'models', 'lm/llama', 'lm/openai'],
};

/** Packages that a part may import; everything else of npm is off limits to it. `node:` is checked apart. */
const PURE = ['clean', 'select', 'dataset', 'evaluate', 'report', 'contracts'];
const CLOCK_AND_CHANCE = /\b(Math\.random|Date\.now|new Date\(\)|performance\.now)\b/;

function partOf(file: string): string {
  const [, ...path] = file.replace(/\.ts$/, '').split('/');
  return path[0] === 'lm' ? path.slice(0, 2).join('/') : (path[0] ?? '');
}

const files = sourceFiles('src');
const production = files.filter((file) => !file.endsWith('.test.ts'));
const known = new Set(files);
const imports: readonly Import[] = production.flatMap((file) => readImports(file));

describe('import rules', () => {
  it('sees the real imports', () => {
    expect(production.length).toBeGreaterThan(50);
    expect(imports.filter((entry) => !entry.isPackage).length).toBeGreaterThan(100);
  });

  it('knows every part of src', () => {
    const parts = [...new Set(production.map(partOf))];
    expect(parts.filter((part) => !(part in ALLOWED))).toEqual([]);
  });

  it('resolves every relative import to a file', () => {
    const lost = imports.filter((entry) => !entry.isPackage && !known.has(entry.to));
    expect(lost.filter((entry) => !entry.to.startsWith('src/../') && entry.to !== 'package.json')).toEqual(
      [],
    );
  });

  it('finds no import against the direction of the data flow', () => {
    const wrong = imports
      .filter((entry) => !entry.isPackage && entry.to.startsWith('src/'))
      .filter(({ from, to }) => partOf(from) !== partOf(to))
      .filter(({ from, to }) => !ALLOWED[partOf(from)]?.includes(partOf(to)))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(wrong).toEqual([]);
  });

  it('contracts import zod only', () => {
    const packages = imports.filter(({ from, isPackage }) => isPackage && partOf(from) === 'contracts');
    expect([...new Set(packages.map(({ to }) => to))]).toEqual(['zod']);
  });

  it('no test helper and no test runner reaches the published code', () => {
    const wrong = imports.filter(({ to }) => /^(vitest|fast-check)/.test(to) || to.startsWith('test/'));
    expect(wrong.filter(({ from }) => !from.includes('testing'))).toEqual([]);
  });

  it('heavy packages are loaded when needed, not when the command line starts', async () => {
    const { readSource } = await import('./read-imports.ts');
    const heavy = [
      ...['node-llama-cpp', 'openai', 'web-tree-sitter', 'emphasize', 'hyparquet'],
      ...['@observablehq/plot', '@xmldom/xmldom'],
    ];
    const eager = production.filter((file) =>
      heavy.some((name) =>
        new RegExp(`^import (?!type)[^;]*from '${name}(/[^']*)?'`, 'm').test(readSource(file)),
      ),
    );
    expect(eager).toEqual([]);
  });
});

describe('pure stages', () => {
  it('take no clock, no randomness, no files', async () => {
    const { readSource } = await import('./read-imports.ts');
    const pure = production.filter((file) => PURE.includes(partOf(file)));
    expect(pure.length).toBeGreaterThan(10);
    expect(pure.filter((file) => CLOCK_AND_CHANCE.test(readSource(file)))).toEqual([]);
    const io = pure.flatMap((file) => readImports(file)).filter(({ to }) => to.startsWith('node:'));
    expect(io).toEqual([]);
  });
});
