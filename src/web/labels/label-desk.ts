import type { ExplorerModel } from '../explorer/model.ts';
import type { Row } from '../explorer/row.ts';
import { readStored, writeStored } from '../explorer/shortcuts.ts';
import { verdictKind } from '../explorer/verdict-kind.ts';
import { drawSample } from './draw-sample.ts';
import { emptyBook, type Label, type LabelBook, withLabel } from './label-book.ts';
import { labelFile, readLabelFile } from './label-file.ts';

/** Longer than a button is pressed. */
const PRESS_MS = 400;

/** Where labels are written: the book, who writes, and whether the browser keeps it. Tells watchers after every change. */
export class LabelDesk {
  readonly model: ExplorerModel;
  book: LabelBook;
  /** '' = nobody yet. */
  annotator = '';
  isOpen = false;
  /** False where the browser keeps nothing for this page. */
  isKept = true;
  /** Keys of the sample; null = none was drawn. */
  sample: ReadonlySet<string> | null = null;
  readonly #name: string;
  readonly #watchers: (() => void)[] = [];

  constructor(model: ExplorerModel) {
    const { digest } = model.data.study;
    this.model = model;
    this.#name = `codejury:labels:${digest}`;
    this.book = emptyBook(digest);
    this.annotator = readStored(`${this.#name}:annotator`) ?? '';
    this.#take(readStored(this.#name));
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key !== this.#name || newValue === null) return;
      this.#take(newValue);
      this.#tell();
    });
  }

  watch(watcher: () => void): void {
    this.#watchers.push(watcher);
  }

  /** Labels of who writes. */
  get own(): ReadonlyMap<string, Label> {
    return this.book.labels.get(this.annotator) ?? new Map();
  }

  change(book: LabelBook): void {
    this.book = book;
    this.#drawAgain();
    this.isKept = writeStored(this.#name, labelFile(book));
    this.#tell();
  }

  /** As {@link change} for what was written in a field: the press that left it must still find its button. */
  changeQuietly(book: LabelBook): void {
    this.book = book;
    this.isKept = writeStored(this.#name, labelFile(book));
    setTimeout(() => this.#tell(), PRESS_MS);
  }

  write(key: string, label: Label): void {
    if (this.annotator !== '') this.change(withLabel(this.book, this.annotator, key, label));
  }

  note(key: string, note: string): void {
    if (this.annotator === '') return;
    const { categories } = this.own.get(key) ?? { categories: [] };
    this.changeQuietly(withLabel(this.book, this.annotator, key, { categories, note }));
  }

  seat(annotator: string): void {
    this.annotator = annotator.trim();
    this.isKept = writeStored(`${this.#name}:annotator`, this.annotator);
    const { labels } = this.book;
    if (this.annotator !== '' && !labels.has(this.annotator)) {
      this.change({ ...this.book, labels: new Map(labels).set(this.annotator, new Map()) });
    } else this.#tell();
  }

  /** Labelling on or off; with it on, the list shows the sample alone where there is one. */
  open(isOpen: boolean): void {
    this.isOpen = isOpen;
    if (this.sample !== null) {
      const judge = this.judge;
      this.model.filter(isOpen ? { within: this.sample, judge } : { within: null });
    }
    this.#tell();
  }

  /** Index of the judge whose errors are labelled: that of the sample, or else the one the filters are about. */
  get judge(): number {
    const { model, book } = this;
    const ofPlan = book.plan === null ? -1 : model.data.judges.indexOf(book.plan.judge);
    return ofPlan < 0 ? model.filters.judge : ofPlan;
  }

  /** Whether the judge was wrong on the candidate, or the annotator said something of it. */
  takes(row: Row): boolean {
    const kind = verdictKind(row, this.judge);
    return kind === 'false-positive' || kind === 'false-negative' || this.own.has(row.key);
  }

  /** Takes over what was kept; what cannot be read is laid aside, since the next change takes its place. */
  #take(text: string | null): void {
    if (text === null) return;
    const read = readLabelFile(text, this.model.data.study.digest);
    if ('fault' in read) {
      writeStored(`${this.#name}:unread`, text);
      return;
    }
    this.book = read;
    this.#drawAgain();
  }

  #drawAgain(): void {
    const { rows, data } = this.model;
    this.sample = this.book.plan === null ? null : drawSample(rows, data.judges, this.book.plan);
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
