import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, resolve } from 'node:path';

const IMPORT = /^import\s[^;]*?from\s+'([^']+)';$/gm;
const EXPORT = /^export (?=(?:async |const |function |class ))/gm;
/** Forms of import and export that joining does not undo. */
const LEFT_OVER = /^(?:import|export)\b.*$/m;
const DOC_COMMENT = /^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm;

/**
 * A TypeScript file and all that it imports as one script without types, imports and doc comments, what is imported before what
 * imports it: for a browser, as the text of `<script type="module">`. Names at the top of files become names of one scope, a browser refuses
 * those that are taken twice.
 *
 * @throws {Error} where a file imports a package or imports and exports in a form that is not undone, or where the text would end its script element.
 */
export function joinModules(entry: string): string {
  const parts: string[] = [];
  collect(resolve(entry), new Set(), parts);
  const script = parts.join('');
  if (/<\/script|<!--/i.test(script)) throw new Error(`${entry}: the text would end a script element`);
  return script;
}

function collect(file: string, seen: Set<string>, parts: string[]): void {
  if (seen.has(file)) return;
  seen.add(file);
  const source = withoutTypes(readFileSync(file, 'utf8'));
  for (const [, specifier = ''] of source.matchAll(IMPORT)) {
    if (!specifier.startsWith('.')) throw new Error(`${file}: a browser has no ${specifier}`);
    collect(resolve(dirname(file), specifier), seen, parts);
  }
  const text = source.replace(IMPORT, '').replace(EXPORT, '').replace(DOC_COMMENT, '');
  const form = LEFT_OVER.exec(text);
  if (form !== null) throw new Error(`${file}: ${form[0]} cannot be joined`);
  parts.push(
    text
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{2,}/g, '\n')
      .trimStart(),
  );
}

/** Node says on stderr, once a process, that its function is a release candidate; that is of no use to whoever asked for a report. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return nodeModule.stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
