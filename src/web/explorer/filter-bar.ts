import { button, counted, element } from './element.ts';
import { type Filters, KINDS, type Kind, resultsOf } from './filter-rows.ts';
import type { ExplorerModel } from './model.ts';
import type { Row } from './row.ts';
import { ORDERS, type Order } from './task-groups.ts';

/** Kinds of feedback that are offered, the most frequent ones; text search finds the others. */
const FEEDBACK_KINDS = 30;
/** After the last key: a search goes over all code. */
const SEARCH_DELAY_MS = 150;
const ANY = '';

export interface FilterBar {
  readonly bar: HTMLElement;
  readonly search: HTMLInputElement;
  /** Puts the focus on the kind that is chosen. */
  focus(): void;
  /** Shows the filters of the model, with counts. */
  update(): void;
}

/** Controls for everything that decides which candidates are listed. @param find searches for a text */
export function filterBar(model: ExplorerModel, find: (text: string) => void): FilterBar {
  const { judges, generators, languages } = model.data;
  const kinds = kindChoice(model);
  const judge = choice(
    judges.map((name, index) => [String(index), name]),
    (value) => model.filter({ judge: Number(value) }),
  );
  const generator = filterChoice(model, 'generator', 'Any', named(generators));
  const language = filterChoice(model, 'language', 'Any', named(Object.keys(languages)));
  const result = filterChoice(model, 'result', 'Any', resultChoices(model.rows));
  const order = choice(Object.entries(ORDERS), (value) => model.sort(value as Order));
  const search = element('input', {
    type: 'search',
    placeholder: 'id, code or message',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  let timer = 0;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => find(search.value), SEARCH_DELAY_MS);
  });
  const bar = element(
    'div',
    { class: 'explorer-filters', role: 'search', 'aria-label': 'Filters' },
    kinds.box,
    element(
      'div',
      { class: 'explorer-fields' },
      judges.length > 0 ? field('Judge', judge) : null,
      generators.length > 1 ? field('Generator', generator) : null,
      Object.keys(languages).length > 1 ? field('Language', language) : null,
      field('Result', result),
      field('Order', order),
      field('Search', search),
      button('Clear filters', () => model.clearFilters(), { class: 'explorer-quiet' }),
    ),
  );
  const update = () => {
    const { filters } = model;
    kinds.update();
    judge.value = String(filters.judge);
    generator.value = filters.generator ?? ANY;
    language.value = filters.language ?? ANY;
    result.value = filters.result ?? ANY;
    order.value = model.order;
    if (document.activeElement !== search) search.value = filters.text;
  };
  return { bar, search, focus: kinds.focus, update };
}

/** A named control. */
export function field(name: string, control: HTMLElement): HTMLElement {
  return element('label', {}, element('span', { class: 'explorer-field-name' }, name), control);
}

/** A select of values with their words; groups where there are any. */
export function choice(
  options: readonly (readonly [value: string, words: string, group?: string])[],
  onChange: (value: string) => void,
): HTMLSelectElement {
  const select = element('select');
  for (const [group = '', ofGroup] of Map.groupBy(options, ([, , name]) => name)) {
    const items = ofGroup.map(([value, words]) => element('option', { value }, words));
    select.append(...(group === '' ? items : [element('optgroup', { label: group }, ...items)]));
  }
  select.addEventListener('change', () => onChange(select.value));
  return select;
}

function filterChoice(
  model: ExplorerModel,
  filter: keyof Filters,
  any: string,
  options: readonly (readonly [string, string, string?])[],
): HTMLSelectElement {
  return choice([[ANY, any], ...options], (value) =>
    model.filter({ [filter]: value === ANY ? null : value }),
  );
}

function named(names: readonly string[]): readonly (readonly [string, string])[] {
  return names.map((name) => [name, name]);
}

function resultChoices(rows: readonly Row[]): readonly (readonly [string, string, string])[] {
  const groups = { outcome: 'How it ended', rejected: 'Not run because', feedback: 'What the tests said' };
  const results = [...Map.groupBy(rows.flatMap(resultsOf), (result) => result)]
    .map(([value, all]) => ({ value, count: all.length, kind: value.slice(0, value.indexOf(':')) }))
    .sort((left, right) => right.count - left.count);
  return Object.entries(groups).flatMap(([kind, group]) =>
    results
      .filter((result) => result.kind === kind)
      .slice(0, kind === 'feedback' ? FEEDBACK_KINDS : results.length)
      .map(({ value, count }) => [value, `${wordsOf(value, kind)} (${counted(count)})`, group] as const),
  );
}

function wordsOf(value: string, kind: string): string {
  const name = value.slice(kind.length + 1);
  return kind === 'feedback' ? name : name.replaceAll('-', ' ');
}

/** One of the kinds, as radio buttons that show how many they would list. */
function kindChoice(model: ExplorerModel): { box: HTMLElement; focus: () => void; update: () => void } {
  const withJudges: readonly Kind[] = ['false-positive', 'false-negative', 'invalid', 'disagree'];
  const kinds = (Object.keys(KINDS) as Kind[]).filter(
    (kind) => !withJudges.includes(kind) || model.data.judges.length > (kind === 'disagree' ? 1 : 0),
  );
  const items = kinds.map((kind) => {
    const input = element('input', { type: 'radio', name: 'explorer-kind', value: kind });
    const count = element('span', { class: 'explorer-count' });
    input.addEventListener('change', () => model.filter({ kind }));
    return {
      kind,
      input,
      count,
      label: element('label', {}, input, element('span', {}, KINDS[kind], ' ', count)),
    };
  });
  const box = element(
    'fieldset',
    { class: 'explorer-kinds' },
    element('legend', { class: 'explorer-hidden' }, 'Which candidates'),
    ...items.map(({ label }) => label),
  );
  const update = () => {
    for (const { kind, input, count } of items) {
      input.checked = model.filters.kind === kind;
      count.textContent = counted(model.filtered.counts[kind]);
    }
  };
  const focus = () => items.find(({ kind }) => kind === model.filters.kind)?.input.focus();
  return { box, focus, update };
}
