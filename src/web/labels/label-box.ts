import { element } from '../explorer/element.ts';
import type { Row } from '../explorer/row.ts';
import type { LabelDesk } from './label-desk.ts';

/** Why the judge was wrong on this candidate: categories to choose and a note. */
export function labelBox(desk: LabelDesk, row: Row): HTMLElement {
  const label = desk.own.get(row.key) ?? { categories: [], note: '' };
  const hint = hintOf(desk, row);
  if (hint !== null) return element('p', { class: 'explorer-label-box' }, hint);
  const choices = desk.book.categories.map(({ id, name }, index) => {
    const input = element('input', { type: 'checkbox', 'data-focus': `category ${id}` });
    input.checked = label.categories.includes(id);
    input.addEventListener('change', () => toggleCategory(desk, row, id));
    return element(
      'label',
      {},
      input,
      element('span', {}, name),
      label.categories[0] === id
        ? element('span', { class: 'explorer-tag', 'data-tone': 'done' }, '1st')
        : null,
      index < 9 ? element('kbd', { 'aria-hidden': 'true' }, String(index + 1)) : null,
    );
  });
  const note = element('textarea', { rows: 2, 'data-focus': 'note', placeholder: 'Note' });
  note.value = label.note;
  note.setAttribute('aria-label', 'Note');
  note.addEventListener('change', () => desk.note(row.key, note.value.trim()));
  return element(
    'fieldset',
    { class: 'explorer-label-box' },
    element(
      'legend',
      {},
      `Why was ${desk.model.data.judges[desk.judge] ?? 'the judge'} wrong? ${desk.annotator} says`,
    ),
    element('div', { class: 'explorer-categories' }, ...choices),
    note,
  );
}

/** Why there is nothing to label; null = there is. */
function hintOf(desk: LabelDesk, row: Row): string | null {
  if (desk.annotator === '') return 'Give your name above to label this candidate.';
  if (desk.takes(row)) return null;
  return `No label: ${desk.model.data.judges[desk.judge] ?? 'the judge'} made no error here.`;
}

/** Puts a category behind those that are chosen, or takes it away. */
export function toggleCategory(desk: LabelDesk, row: Row, id: string): void {
  const { categories, note } = desk.own.get(row.key) ?? { categories: [], note: '' };
  const without = categories.filter((other) => other !== id);
  desk.write(row.key, {
    categories: without.length < categories.length ? without : [...categories, id],
    note,
  });
}
