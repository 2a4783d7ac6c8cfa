import type { ExplorerData } from '../../contracts/explorer-data.ts';

/**
 * The candidate explorer as a section of a page; a script fills it when it is opened.
 *
 * @param packed lines of base64: the same data, and chunks of texts
 */
export function renderExplorer({ tasks }: Pick<ExplorerData, 'tasks'>, packed: readonly string[]): string {
  const candidates = tasks.reduce((sum, task) => sum + task.candidates.length, 0);
  return `<section class="explorer" id="explorer" aria-labelledby="explorer-title">
<h2 id="explorer-title">Candidates</h2>
<p class="explorer-lead">${count(candidates, 'candidate')} of ${count(tasks.length, 'task')}, with what the tests and the judges said of each.
Labels of why a judge was wrong stay in this browser until they are exported.</p>
<noscript><p>The explorer needs JavaScript.</p></noscript>
<p id="explorer-notice" role="status">Unpacking the candidates …</p>
<p id="explorer-status" class="explorer-hidden" role="status" aria-live="polite"></p>
<div id="explorer-app" hidden></div>
<script type="text/plain" id="explorer-data">${packed.join('\n')}</script>
</section>
`;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}
