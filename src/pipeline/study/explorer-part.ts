import { gzipSync } from 'node:zlib';
import { webFile } from '../../io/web-file.ts';
import { type ExplorerInput, packExplorer } from '../../report/explorer/pack-explorer.ts';
import { renderExplorer } from '../../report/explorer/render-explorer.ts';

/** A part of a page: what goes into its body, its style sheet and its module script. */
export interface PagePart {
  readonly html: string;
  readonly css: string;
  readonly script: string;
}

/** Of the head of a gzip file: on what system it was made. */
const SYSTEM = 9;
const UNKNOWN_SYSTEM = 255;

/**
 * The candidate explorer as a part of a self-contained page: tasks and candidates with code, verdicts and feedback, filters, and labels of why a
 * judge was wrong. `css` belongs into a style element, `script` into `<script type="module">` after `html`; the page says by `color-scheme`
 * whether it is light or dark. The same input gives the same text on every system. Works from disk, in browsers of 2024 and later.
 *
 * @throws {CodejuryError} as {@link packExplorer}.
 */
export function explorerPart(input: ExplorerInput): PagePart {
  const { data, texts } = packExplorer(input);
  return {
    html: renderExplorer(data, [data, ...texts].map(packed)),
    css: webFile('explorer.css'),
    script: webFile('explorer.js'),
  };
}

function packed(value: unknown): string {
  const bytes = gzipSync(JSON.stringify(value), { level: 9 });
  bytes[SYSTEM] = UNKNOWN_SYSTEM;
  return bytes.toString('base64');
}
