import type { ReportSection } from '../study-sections.ts';
import type { SummaryPart } from '../summary/study-summary.ts';
import { escapeHtml } from './escape-html.ts';
import { renderFigure } from './render-figure.ts';
import { renderTable } from './render-table.ts';

/** Something a page carries ready made. */
export interface PageInsert {
  readonly html: string;
  readonly css: string;
  /** The text of a module script. */
  readonly script: string;
}

export interface ReportPage {
  readonly title: string;
  /** What can be said of how the page was made in one line. */
  readonly subtitle: string;
  readonly summary: readonly SummaryPart[];
  readonly sections: readonly ReportSection[];
  /** What was asked for, as it is shown to be copied. */
  readonly config: string;
  /** Of the page itself. */
  readonly css: string;
  readonly script: string;
  /** Stands before how the study was made; null = none. */
  readonly explorer: PageInsert | null;
  /** What the browser may run, as `script-src` of a content security policy says it: hashes of the scripts. */
  readonly scriptSources: readonly string[];
}

/** The section before which the explorer stands. */
const AFTER_EXPLORER = 'provenance';

/**
 * A report as one file of HTML that needs nothing else: no network, no other file. Its policy lets the browser run no script but those given, and
 * fetch nothing.
 */
export function renderPage(page: ReportPage): string {
  const { title, subtitle, explorer, sections } = page;
  const before = sections.filter((section) => !isAfterExplorer(section, sections));
  const after = sections.filter((section) => isAfterExplorer(section, sections));
  const policy = [
    "default-src 'none'",
    `script-src ${page.scriptSources.join(' ')}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="codejury">
<title>${escapeHtml(title)}</title>
<style>
${page.css}
${explorer?.css ?? ''}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<p class="kind">Study of judges and teams</p>
<h1>${escapeHtml(title)}</h1>
<p class="subtitle">${escapeHtml(subtitle)}</p>
<button type="button" id="theme" hidden>Theme: automatic</button>
</header>
<nav class="contents" aria-label="Contents">
<ol>
${contents(before, explorer !== null, after)}
</ol>
</nav>
<main id="main" tabindex="-1">
<section id="summary" aria-labelledby="summary-title">
<h2 id="summary-title">Summary</h2>
${page.summary.map(summaryPart).join('')}</section>
${before.map((section) => sectionElement(section, '')).join('')}${explorer?.html ?? ''}${after
  .map((section) => sectionElement(section, section.id === AFTER_EXPLORER ? configBox(page.config) : ''))
  .join('')}</main>
<script type="module">${page.script}</script>
${explorer === null ? '' : `<script type="module">${explorer.script}</script>\n`}</body>
</html>
`;
}

function summaryPart({ title, sentences }: SummaryPart): string {
  const heading = title === null ? '' : `<h3>${escapeHtml(title)}</h3>\n`;
  const items = sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`);
  return `${heading}<ul class="summary">\n${items.join('\n')}\n</ul>\n`;
}

function isAfterExplorer(section: ReportSection, sections: readonly ReportSection[]): boolean {
  const place = sections.findIndex(({ id }) => id === AFTER_EXPLORER);
  return place !== -1 && sections.indexOf(section) >= place;
}

function contents(
  before: readonly ReportSection[],
  hasExplorer: boolean,
  after: readonly ReportSection[],
): string {
  const entry = (href: string, text: string) => `<li><a href="#${href}">${escapeHtml(text)}</a></li>`;
  const sections = (some: readonly ReportSection[]) =>
    some.map(({ id, title }) => entry(`section-${id}`, title));
  return [
    entry('summary', 'Summary'),
    ...sections(before),
    ...(hasExplorer ? [entry('explorer', 'Candidates')] : []),
    ...sections(after),
  ].join('\n');
}

function sectionElement({ id, title, lead, parts }: ReportSection, more: string): string {
  const body = parts.map(
    ({ figure, table }) =>
      (figure === null ? '' : renderFigure(figure)) +
      (table === null ? '' : renderTable(table, { isBesideFigure: figure !== null })),
  );
  return `<section id="section-${id}" aria-labelledby="title-${id}">
<h2 id="title-${id}">${escapeHtml(title)}</h2>
<p class="lead">${escapeHtml(lead)}</p>
${body.join('')}${more}</section>
`;
}

function configBox(config: string): string {
  return `<section class="table" id="config">
<h3>Config</h3>
<p class="caption">What was asked for, with every default.</p>
<details>
<summary>The config</summary>
<pre tabindex="0">${escapeHtml(config)}</pre>
</details>
</section>
`;
}
