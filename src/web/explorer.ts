import { fillCandidateView, sentenceOf } from './explorer/candidate-view.ts';
import { announce, button, element, part } from './explorer/element.ts';
import { filterBar } from './explorer/filter-bar.ts';
import { loadData } from './explorer/load-data.ts';
import { ExplorerModel } from './explorer/model.ts';
import { type Shortcut, shortcuts } from './explorer/shortcuts.ts';
import { fillTaskList, hrefOf } from './explorer/task-list.ts';
import { labelBox, toggleCategory } from './labels/label-box.ts';
import { LabelDesk } from './labels/label-desk.ts';
import { labelPanel } from './labels/label-panel.ts';

const HASH = /^#candidate=(.+)$/;
const HELP = 'With labelling on, the digits choose categories.';

/** Builds the explorer into the page's section and keeps it in step with the address. */
async function startExplorer(): Promise<void> {
  const root = part('app', HTMLElement);
  const model = new ExplorerModel(await loadData(part('data', HTMLElement).textContent));
  const desk = new LabelDesk(model);
  const filters = filterBar(model);
  const labels = labelPanel(desk);
  const list = element('nav', { class: 'explorer-list', 'aria-label': 'Candidates by task', tabindex: -1 });
  const view = element('article', { class: 'explorer-view', 'aria-label': 'Candidate', tabindex: -1 });
  const labelling = button('Label errors', () => desk.open(!desk.isOpen), { 'aria-keyshortcuts': 'l' });
  const step = (steps: number) => {
    const key = model.keyAt(steps);
    if (key !== null) location.hash = hrefOf(key);
  };
  const keys: readonly Shortcut[] = [
    { key: 'j', does: 'next candidate', run: () => step(1) },
    { key: 'k', does: 'previous candidate', run: () => step(-1) },
    { key: '/', does: 'search', run: () => filters.search.focus() },
    { key: 'f', does: 'filters', run: () => filters.first.focus() },
    { key: 'l', does: 'labelling on or off', run: () => desk.open(!desk.isOpen) },
    { key: '?', does: 'this list', run: () => help() },
    ...'123456789'.split('').map((key) => ({ key, does: '', run: () => choose(Number(key) - 1) })),
  ];
  const choose = (index: number) => {
    const category = desk.book.categories[index];
    if (desk.isOpen && category !== undefined && model.current !== null) {
      toggleCategory(desk, model.current, category.id);
    }
  };
  const help = shortcuts(root, keys, [HELP]);
  const fillView = () =>
    fillCandidateView(
      model,
      view,
      desk.isOpen && model.current !== null ? labelBox(desk, model.current) : null,
    );
  const fillList = () => fillTaskList(model, list, (key) => desk.isOpen && desk.own.has(key));
  const update = () => {
    filters.update();
    labels.update();
    fillList();
    fillView();
    labelling.setAttribute('aria-pressed', String(desk.isOpen));
  };
  const follow = (): boolean => {
    const key = keyInAddress();
    return key !== null && model.show(key);
  };
  model.watch(update);
  desk.watch(update);
  root.prepend(
    element(
      'div',
      { class: 'explorer-top' },
      filters.bar,
      element(
        'div',
        { class: 'explorer-actions' },
        labelling,
        button('Keys', () => help(), { 'aria-keyshortcuts': '?' }),
      ),
    ),
    labels.panel,
    element('div', { class: 'explorer-panes' }, list, view),
  );
  update();
  root.hidden = false;
  part('loading', HTMLElement).hidden = true;
  window.addEventListener('hashchange', () => {
    if (!follow() || model.current === null) return;
    announce(sentenceOf(model, model.current));
    const { top } = view.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight / 2) view.scrollIntoView();
  });
  if (follow()) part('title', HTMLElement).scrollIntoView();
}

/** The candidate that the address names; null = none, or not in the form that this page writes. */
function keyInAddress(): string | null {
  const written = HASH.exec(location.hash)?.[1];
  if (written === undefined) return null;
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}

startExplorer().catch((fault: unknown) => {
  part('loading', HTMLElement).textContent =
    `The candidates could not be shown: ${fault instanceof Error ? fault.message : String(fault)}`;
});
