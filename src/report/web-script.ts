import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { joinModules } from './join-modules.ts';

/**
 * The browser's part of a page as the text of `<script type="module">`: `src/web/NAME.ts` with all that it imports. The published package has it
 * joined already (`scripts/build.ts`), a checkout joins it now; both are the same text.
 */
export function webScript(name: string): string {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(new URL(`../web/${name}${isSource ? '.ts' : '.js'}`, import.meta.url));
  return isSource ? joinModules(file) : readFileSync(file, 'utf8');
}
