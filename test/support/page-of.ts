import type { PagePart } from '../../src/pipeline/study/explorer-part.ts';

/** A part of a page as a page of its own. */
export function pageOf({ html, css, script }: PagePart): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A part of a page</title>
<style>:root { color-scheme: light dark } body { margin: 0 auto; max-width: 100rem; padding: 1rem } ${css}</style>
</head>
<body>${html}<script type="module">${script}</script></body>
</html>
`;
}
