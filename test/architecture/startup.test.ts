import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { readSource } from './read-imports.ts';

/** Imports that are carried out when a file is loaded: not those of types alone, nor `import(…)`. */
const STATIC_IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?'([^']+)'/gm;

it('the command line loads nothing but its parser before it knows what to do', () => {
  const packages = new Set<string>();
  const files = new Set(['src/cli/main.ts', 'src/cli/run.ts']);
  for (const file of files) {
    for (const [, specifier = ''] of readSource(file).matchAll(STATIC_IMPORT)) {
      if (specifier.startsWith('.')) files.add(posix.join(posix.dirname(file), specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  }
  expect([...packages]).toEqual(['commander']);
  expect(files).toContain('src/cli/commands/execute.ts');
});
