import type { ExplorerData, TaskFacts } from '../../contracts/explorer-data.ts';
import { type Filtered, type Filters, filterRows, noMatches, type TextOf } from './filter-rows.ts';
import { type Row, readRows } from './row.ts';
import { groupByTask, type Order, type TaskGroup } from './task-groups.ts';

export const TASKS_A_PAGE = 25;
/** Pages with no more candidates show them all at once; on others a task is opened when asked for. */
const FEW = 60;

const NO_FILTERS: Filters = {
  kind: 'all',
  judge: 0,
  generator: null,
  language: null,
  result: null,
  text: '',
  within: null,
};

/** What is shown: filters, order, page, and the candidate that is looked at. Tells watchers after every change. */
export class ExplorerModel {
  readonly data: ExplorerData;
  readonly rows: readonly Row[];
  filters: Filters = NO_FILTERS;
  order: Order = 'study';
  /** From 0. */
  page = 0;
  current: Row | null = null;
  filtered: Filtered = noMatches();
  groups: readonly TaskGroup[] = [];
  /** What passes the filters, in the order of the list. */
  shown: readonly Row[] = [];
  readonly #textOf: TextOf;
  readonly #byKey: ReadonlyMap<string, Row>;
  readonly #watchers: (() => void)[] = [];
  /** Tasks that somebody opened or closed. */
  #opened = new Map<TaskFacts, boolean>();

  /** @param textOf what search looks into beside ids */
  constructor(data: ExplorerData, textOf: TextOf) {
    this.data = data;
    this.#textOf = textOf;
    this.rows = readRows(data);
    this.#byKey = new Map(this.rows.map((row) => [row.key, row]));
    this.#recompute();
  }

  watch(watcher: () => void): void {
    this.#watchers.push(watcher);
  }

  rowOf(key: string): Row | undefined {
    return this.#byKey.get(key);
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.groups.length / TASKS_A_PAGE));
  }

  get pageGroups(): readonly TaskGroup[] {
    return this.groups.slice(this.page * TASKS_A_PAGE, (this.page + 1) * TASKS_A_PAGE);
  }

  /** Its place among what is shown, from 0; -1 = it is not. */
  get position(): number {
    return this.current === null ? -1 : this.shown.indexOf(this.current);
  }

  isOpen(task: TaskFacts): boolean {
    const few = this.pageGroups.reduce((sum, { rows }) => sum + rows.length, 0) <= FEW;
    return this.#opened.get(task) ?? (few || this.current?.task === task);
  }

  toggle(task: TaskFacts): void {
    this.#opened.set(task, !this.isOpen(task));
    this.#tell();
  }

  /** The current candidate stays where it passes the new filters, otherwise the first that does takes its place. */
  filter(change: Partial<Filters>): void {
    this.filters = { ...this.filters, ...change };
    this.#recompute();
    this.#tell();
  }

  clearFilters(): void {
    this.filter({ ...NO_FILTERS, judge: this.filters.judge });
  }

  sort(order: Order): void {
    this.order = order;
    this.#recompute();
    this.#tell();
  }

  turnTo(page: number): void {
    this.page = Math.min(Math.max(page, 0), this.pages - 1);
    this.#tell();
  }

  /** Looks at a candidate, without the filters that hide it. False where there is none of that key. */
  show(key: string): boolean {
    const row = this.#byKey.get(key);
    if (row === undefined) return false;
    this.current = row;
    if (!this.shown.includes(row)) {
      this.filters = { ...NO_FILTERS, judge: this.filters.judge };
      this.#recompute();
    }
    this.#opened.set(row.task, true);
    this.#turnToCurrent();
    this.#tell();
    return true;
  }

  /** The key of the candidate that comes so many after the current one; null at the ends. */
  keyAt(steps: number): string | null {
    return this.shown[this.position + steps]?.key ?? null;
  }

  #recompute(): void {
    this.filtered = filterRows(this.rows, this.filters, this.#textOf);
    this.groups = groupByTask(this.filtered.rows, this.filters.judge, this.order);
    this.shown = this.groups.flatMap(({ rows }) => rows);
    this.#opened = new Map();
    if (this.position < 0) this.current = this.shown[0] ?? null;
    this.#turnToCurrent();
  }

  #turnToCurrent(): void {
    const index = this.groups.findIndex(({ task }) => task === this.current?.task);
    this.page = index < 0 ? 0 : Math.floor(index / TASKS_A_PAGE);
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
