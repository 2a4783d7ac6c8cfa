import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { joinModules } from './join-modules.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-join-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function joined(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return joinModules(join(folder, 'main.ts'));
}

it('puts what is imported first, once, without types, imports, exports and doc comments', () => {
  const script = joined({
    'main.ts':
      "import { twice } from './twice.ts';\nimport {\n  one,\n} from './one.ts';\n/** Doc. */\nglobalThis.told = twice(one);\n",
    'twice.ts':
      "import type { Z } from 'zod';\nimport { one } from './one.ts';\nexport function twice(x: number): number {\n  return one * x * 2;\n}\n",
    'one.ts': 'export interface One {\n  readonly a: 1;\n}\nexport const one = 1;\n',
  });
  expect(script).toBe(
    'const one = 1;\nfunction twice(x        )         {\n  return one * x * 2;\n}\nglobalThis.told = twice(one);\n',
  );
});

it('says nothing on stderr', () => {
  const warn = vi.spyOn(process, 'emitWarning');
  joined({ 'main.ts': 'const x: number = 1;\n' });
  expect(warn).not.toHaveBeenCalled();
});

it('refuses packages, forms it does not undo, and what ends a script element', () => {
  expect(() => joined({ 'main.ts': "import { z } from 'zod';\nz;\n" })).toThrow(/a browser has no zod/);
  expect(() => joined({ 'main.ts': 'export default 1;\n' })).toThrow(/export default 1; cannot be joined/);
  expect(() => joined({ 'main.ts': "export { x } from './one.ts';\n", 'one.ts': '' })).toThrow(
    /cannot be joined/,
  );
  expect(() => joined({ 'main.ts': "const x = '</Script>';\n" })).toThrow(/end a script element/);
});
