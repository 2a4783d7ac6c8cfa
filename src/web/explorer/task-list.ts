import { button, counted, element, refill } from './element.ts';
import { type ExplorerModel, TASKS_A_PAGE } from './model.ts';
import type { Row } from './row.ts';
import type { TaskGroup } from './task-groups.ts';
import { verdictKind } from './verdict-kind.ts';
import { kindWords, outcomeTone, outcomeWords, verdictSign } from './words.ts';

/** Candidates of one task that are shown at once, around the current one. */
const ROWS_A_TASK = 100;

/** Tasks of a page with their counts, the open ones with their candidates as links. */
export function fillTaskList(
  model: ExplorerModel,
  list: HTMLElement,
  isLabelled: (key: string) => boolean,
): void {
  const groups = model.pageGroups.map((group, index) => taskItem(model, group, index, isLabelled));
  const items = element('ul', { class: 'explorer-tasks' }, ...groups);
  const nothing = element('p', { class: 'explorer-nothing' }, 'No candidate passes these filters. ');
  nothing.append(button('Clear filters', () => model.clearFilters()));
  refill(list, groups.length === 0 ? nothing : items, model.pages > 1 ? pager(model) : null);
  showCurrent(list);
}

function taskItem(
  model: ExplorerModel,
  group: TaskGroup,
  index: number,
  isLabelled: (key: string) => boolean,
): HTMLElement {
  const { task, rows } = group;
  const isOpen = model.isOpen(task);
  const id = `explorer-task-${model.page * TASKS_A_PAGE + index}`;
  const head = button('', () => model.toggle(task), {
    'aria-expanded': String(isOpen),
    'aria-controls': isOpen ? id : null,
    'data-focus': `task ${task.id}`,
    class: 'explorer-task',
  });
  head.append(
    element('span', { class: 'explorer-task-id' }, task.id),
    ' ',
    element('span', { class: 'explorer-counts' }, ...countsOf(model, group)),
  );
  return element(
    'li',
    { class: 'explorer-task-item' },
    head,
    isOpen ? candidateLinks(model, rows, id, isLabelled) : null,
  );
}

function countsOf(model: ExplorerModel, group: TaskGroup): readonly (HTMLElement | string)[] {
  const counts = [`${counted(group.rows.length)} candidate${group.rows.length === 1 ? '' : 's'}`];
  if (group.passed > 0) counts.push(`${counted(group.passed)} passed`);
  if (model.data.judges.length > 0) {
    if (group.falsePositives > 0) counts.push(`${counted(group.falsePositives)} FP`);
    if (group.falseNegatives > 0) counts.push(`${counted(group.falseNegatives)} FN`);
  }
  return [counts.join(' · ')];
}

function candidateLinks(
  model: ExplorerModel,
  rows: readonly Row[],
  id: string,
  isLabelled: (key: string) => boolean,
): HTMLElement {
  const current = model.current === null ? -1 : rows.indexOf(model.current);
  const from = Math.floor(Math.max(current, 0) / ROWS_A_TASK) * ROWS_A_TASK;
  const links = rows
    .slice(from, from + ROWS_A_TASK)
    .map((row) => element('li', {}, candidateLink(model, row, isLabelled(row.key))));
  const list = element('ul', { class: 'explorer-candidates', id }, ...links);
  if (rows.length > ROWS_A_TASK) {
    const last = Math.min(from + ROWS_A_TASK, rows.length);
    const text = `${from + 1} to ${last} of ${counted(rows.length)} of this task; Next and Previous go on`;
    list.append(element('li', { class: 'explorer-more' }, text));
  }
  return list;
}

function candidateLink(model: ExplorerModel, row: Row, isLabelled: boolean): HTMLElement {
  const { judge } = model.filters;
  const sign = model.data.judges.length === 0 ? '' : verdictSign(row, judge);
  const words = kindWords(verdictKind(row, judge));
  return element(
    'a',
    {
      href: hrefOf(row.key),
      'aria-current': row === model.current ? 'true' : null,
      'data-focus': row.key,
      class: 'explorer-candidate',
    },
    element('span', { class: 'explorer-dot', 'data-tone': outcomeTone(row), 'aria-hidden': 'true' }),
    element('code', {}, row.candidate.id.slice(0, 8)),
    element('span', { class: 'explorer-candidate-outcome' }, outcomeWords(row)),
    model.data.generators.length > 1
      ? element('span', { class: 'explorer-candidate-generator' }, row.generator)
      : null,
    isLabelled ? element('span', { class: 'explorer-tag', 'data-tone': 'done' }, 'labelled') : null,
    sign === '' ? null : element('abbr', { class: 'explorer-tag', 'data-tone': sign, title: words }, sign),
  );
}

/** The address of a candidate within the page. */
export function hrefOf(key: string): string {
  return `#candidate=${encodeURIComponent(key).replaceAll('%2F', '/')}`;
}

function pager(model: ExplorerModel): HTMLElement {
  const { page, pages } = model;
  const turn = (text: string, to: number) =>
    button(text, () => model.turnTo(to), {
      'aria-disabled': to < 0 || to >= pages ? 'true' : null,
      'data-focus': `page ${text}`,
    });
  return element(
    'div',
    { class: 'explorer-pager', role: 'group', 'aria-label': 'Pages of tasks' },
    turn('‹ Previous', page - 1),
    element('span', {}, `page ${counted(page + 1)} of ${counted(pages)}`),
    turn('Next ›', page + 1),
  );
}

/** Scrolls the list, not the page. */
function showCurrent(list: HTMLElement): void {
  const current = list.querySelector<HTMLElement>('[aria-current]');
  if (current === null) return;
  const { top, bottom } = current.getBoundingClientRect();
  const box = list.getBoundingClientRect();
  if (top < box.top || bottom > box.bottom) list.scrollTop += top - box.top - box.height / 3;
}
