import { candidateView, sentenceOf } from './explorer/candidate-view.ts';
import { announce, button, counted, element, part, refill } from './explorer/element.ts';
import { filterBar } from './explorer/filter-bar.ts';
import { ExplorerModel } from './explorer/model.ts';
import { PageData, type RowTexts } from './explorer/page-data.ts';
import { type Shortcut, shortcuts } from './explorer/shortcuts.ts';
import { fillTaskList, hrefOf } from './explorer/task-list.ts';
import { labelBox, toggleCategory } from './labels/label-box.ts';
import { LabelDesk } from './labels/label-desk.ts';
import { labelPanel } from './labels/label-panel.ts';

const HASH = /^#candidate=(.+)$/;
const HELP = 'With labelling on, the digits choose categories. Escape leaves a field.';

/** Builds the explorer into the page's section and keeps it in step with the address. */
async function startExplorer(): Promise<void> {
  const root = part('app', HTMLElement);
  const page = await PageData.read(part('data', HTMLElement).textContent);
  const model = new ExplorerModel(page.facts, (row) => searchedText(page.known(row)));
  const desk = new LabelDesk(model);
  const fail = (fault: unknown) => say(faultText(fault));
  const find = (text: string) => {
    if (text.trim() === '') {
      model.filter({ text });
      return;
    }
    if (!page.isComplete) say('Unpacking all code for the search …');
    page.loadAll().then(() => {
      say('');
      if (filters.search.value === text) model.filter({ text });
    }, fail);
  };
  const filters = filterBar(model, find);
  const labels = labelPanel(desk);
  const list = element('nav', { class: 'explorer-list', 'aria-label': 'Candidates by task', tabindex: -1 });
  const view = element('article', { class: 'explorer-view', 'aria-label': 'Candidate', tabindex: -1 });
  const hasJudges = page.facts.judges.length > 0;
  const label = () => {
    if (hasJudges) desk.open(!desk.isOpen);
  };
  const labelling = button('Label errors', label, { 'aria-keyshortcuts': 'l', hidden: !hasJudges });
  const step = (steps: number) => {
    const key = model.keyAt(steps);
    if (key === null) return;
    // The event of the new address comes later than a next key may.
    location.replace(hrefOf(key));
    follow();
  };
  const keys: readonly Shortcut[] = [
    { key: 'j', does: 'next candidate', run: () => step(1) },
    { key: 'k', does: 'previous candidate', run: () => step(-1) },
    { key: '/', does: 'search', run: () => filters.search.focus() },
    { key: 'f', does: 'filters', run: () => filters.focus() },
    { key: 'l', does: 'labelling on or off', run: label },
    { key: '?', does: 'this list', run: () => help() },
    ...'123456789'.split('').map((key) => ({ key, does: '', run: () => choose(Number(key) - 1) })),
  ];
  const choose = (index: number) => {
    const category = desk.book.categories[index];
    const row = model.current;
    if (desk.isOpen && category !== undefined && row !== null && desk.takes(row)) {
      toggleCategory(desk, row, category.id);
    }
  };
  const help = shortcuts(root, keys, HELP, () => view.focus({ preventScroll: true }));
  const fillView = () => {
    const row = model.current;
    if (row === null) {
      refill(view, element('p', { class: 'explorer-nothing' }, 'No candidate to show.'));
      return;
    }
    const texts = page.known(row);
    if (texts === null) {
      page.textsOf(row).then(() => {
        if (model.current === row) fillView();
      }, fail);
      return;
    }
    refill(view, ...candidateView(model, row, texts, step, desk.isOpen ? labelBox(desk, row) : null));
  };
  const fillList = () => fillTaskList(model, list, (key) => desk.isOpen && desk.own.has(key));
  let announced = model.shown.length;
  const update = () => {
    if (announced !== model.shown.length) {
      announced = model.shown.length;
      announce(`${counted(announced)} candidates`);
    }
    filters.update();
    labels.update();
    fillList();
    fillView();
    labelling.setAttribute('aria-pressed', String(desk.isOpen));
  };
  const follow = () => {
    const key = keyInAddress();
    if (key === null) return;
    const isOther = key !== model.current?.key;
    const isThere = !isOther || model.show(key);
    say(isThere ? '' : `This study has no candidate ${key}.`);
    if (!isThere || model.current === null) return;
    if (isOther) announce(sentenceOf(model, model.current));
    const { top } = view.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight / 2) view.scrollIntoView();
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
  say('');
  window.addEventListener('hashchange', follow);
  follow();
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

function searchedText(texts: RowTexts | null): string | null {
  return texts === null ? null : `${texts.candidate.code}\n${texts.candidate.feedback?.message ?? ''}`;
}

/** Something for everybody above the explorer; '' = nothing any more. */
function say(text: string): void {
  const notice = part('notice', HTMLElement);
  notice.hidden = text === '';
  notice.textContent = text;
}

function faultText(fault: unknown): string {
  return `The candidates could not be shown: ${fault instanceof Error ? fault.message : String(fault)}`;
}

startExplorer().catch((fault: unknown) => say(faultText(fault)));
