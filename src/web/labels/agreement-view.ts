import { counted, element } from '../explorer/element.ts';
import { choice } from '../explorer/filter-bar.ts';
import { hrefOf } from '../explorer/task-list.ts';
import { agreementOf } from './agreement.ts';
import { categoryCounts } from './category-counts.ts';
import { type LabelBook, withSettled } from './label-book.ts';
import type { LabelDesk } from './label-desk.ts';

/** Which two annotators are compared. */
export interface Pair {
  first: string;
  second: string;
}

/** Agreement of two annotators, what they disagree on, and how often each category was found. */
export function agreementView(desk: LabelDesk, pair: Pair, again: () => void): readonly HTMLElement[] {
  const names = [...desk.book.labels.keys()];
  if (names.length < 2) {
    const text =
      'A second annotator labels the same sample, here under another name or in a copy of this page, whose file is then imported.';
    return [element('p', {}, text), countTable(desk.book)];
  }
  if (!names.includes(pair.first)) pair.first = names[0] ?? '';
  if (!names.includes(pair.second) || pair.second === pair.first) {
    pair.second = names.find((name) => name !== pair.first) ?? '';
  }
  const pick = (which: keyof Pair) => {
    const select = choice(
      names.map((name) => [name, name]),
      (value) => {
        pair[which] = value;
        again();
      },
    );
    select.value = pair[which];
    select.setAttribute('aria-label', `${which} annotator`);
    select.dataset.focus = which;
    return select;
  };
  return [
    element('p', { class: 'explorer-inline' }, pick('first'), 'and', pick('second')),
    ...comparison(desk, pair),
    countTable(desk.book),
  ];
}

function comparison(desk: LabelDesk, { first, second }: Pair): readonly HTMLElement[] {
  const { labels, categories } = desk.book;
  const agreement = agreementOf(labels.get(first) ?? new Map(), labels.get(second) ?? new Map());
  const { both, agreed, kappa, disagreements } = agreement;
  const percent = both === 0 ? '–' : `${((100 * agreed) / both).toFixed(1)} % (${agreed} of ${both})`;
  const facts = Object.entries({
    'Same first category': percent,
    'Cohen’s kappa': kappa === null ? 'not defined' : kappa.toFixed(3),
    [`Only ${first}`]: counted(agreement.onlyFirst),
    [`Only ${second}`]: counted(agreement.onlySecond),
  }).flatMap(([title, value]) => [element('dt', {}, title), element('dd', {}, value)]);
  const namesOf = new Map(categories.map(({ id, name }) => [id, name]));
  const lines = disagreements.map(({ key, ...said }) => {
    const settled = choice(
      [['', 'open'], ...categories.map(({ id, name }) => [id, name] as const)],
      (value) => desk.change(withSettled(desk.book, key, value === '' ? null : value)),
    );
    settled.value = desk.book.settled.get(key) ?? '';
    settled.setAttribute('aria-label', `Settled for ${key}`);
    settled.dataset.focus = `settle ${key}`;
    const row = desk.model.rowOf(key);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('a', { href: hrefOf(key) }, row?.task.id ?? key)),
      element('td', {}, namesOf.get(said.first) ?? said.first),
      element('td', {}, namesOf.get(said.second) ?? said.second),
      element('td', {}, settled),
    );
  });
  return [
    element('dl', { class: 'explorer-facts' }, ...facts),
    ...(lines.length === 0
      ? []
      : [table('Disagreements to settle', ['Candidate', first, second, 'Settled'], lines)]),
  ];
}

function countTable(book: LabelBook): HTMLElement {
  const { counts, open } = categoryCounts(book);
  const number = (count: number) => element('td', { class: 'explorer-figure' }, counted(count));
  const lines = counts.map(({ name, byAnnotator, final }) =>
    element('tr', {}, element('th', { scope: 'row' }, name), ...byAnnotator.map(number), number(final)),
  );
  const title = `First categories${open === 0 ? '' : `, ${counted(open)} not settled`}`;
  return table(title, ['Category', ...book.labels.keys(), 'Agreed or settled'], lines);
}

function table(title: string, columns: readonly string[], lines: readonly HTMLElement[]): HTMLElement {
  return element(
    'div',
    { class: 'explorer-scroll' },
    element(
      'table',
      {},
      element('caption', {}, title),
      element(
        'thead',
        {},
        element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name))),
      ),
      element('tbody', {}, ...lines),
    ),
  );
}
