import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { joinModules } from './join-modules.ts';

export type WebFile = `${'explorer' | 'report'}.${'css' | 'js'}`;

/**
 * A file that pages carry for the browser: a style sheet, or a script as the text of `<script type="module">`, NAME.js being `src/web/NAME.ts`
 * with all that it imports. The published package has scripts joined already (`scripts/build.ts`), a checkout joins them now; both are the
 * same text.
 */
export function webFile(name: WebFile): string {
  const isSource = import.meta.url.endsWith('.ts') && name.endsWith('.js');
  const file = fileURLToPath(
    new URL(`../web/${isSource ? name.replace(/\.js$/, '.ts') : name}`, import.meta.url),
  );
  return isSource ? joinModules(file) : readFileSync(file, 'utf8');
}
