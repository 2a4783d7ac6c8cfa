import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

export interface Import {
  /** Relative to the project, `/` between folders. */
  readonly from: string;
  /** The project file it reaches, or the package as written. */
  readonly to: string;
  readonly isPackage: boolean;
}

const root = resolve(import.meta.dirname, '../..');

/** Every specifier after `from`, `import` or `import(`; type-only imports and re-exports included. */
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"\n]+)\1/g;

/** The source files of a folder, relative to the project. */
export function sourceFiles(folder: string): readonly string[] {
  return globSync(`${folder}/**/*.ts`, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

export function readSource(file: string): string {
  return readFileSync(resolve(root, file), 'utf8');
}

/** Files that compute what they import, each with its reason; they may only reach packages that way. */
const COMPUTED_IMPORTS: Readonly<Record<string, string>> = {
  'src/lang/parser.ts': 'a fresh instance of web-tree-sitter after hostile text brought the old one down',
};

/** All imports of a file. An `import(` whose argument is not a plain string is an error: it cannot be checked. */
export function readImports(file: string): readonly Import[] {
  const source = withoutComments(readSource(file));
  const computed = /\bimport\s*\(\s*[^'")\s]/.exec(source);
  if (computed && !(file in COMPUTED_IMPORTS)) {
    throw new Error(`${file}: import() of something that is not a string cannot be checked`);
  }
  return [...source.matchAll(SPECIFIER)].map(([, , specifier = '']) =>
    specifier.startsWith('.')
      ? {
          from: file,
          to: relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', '/'),
          isPackage: false,
        }
      : { from: file, to: specifier, isPackage: true },
  );
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
