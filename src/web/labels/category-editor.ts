import { button, element } from '../explorer/element.ts';
import { usesOf, withCategory, withCategoryName, withoutCategory } from './label-book.ts';
import type { LabelDesk } from './label-desk.ts';

/** Names of the categories to change, remove and add to. */
export function categoryEditor(desk: LabelDesk): readonly HTMLElement[] {
  const items = desk.book.categories.map(({ id, name }) => {
    const input = element('input', { type: 'text', value: name, 'aria-label': `Name of ${name}` });
    input.dataset.focus = `name ${id}`;
    input.addEventListener('change', () => desk.changeQuietly(withCategoryName(desk.book, id, input.value)));
    return element(
      'li',
      { class: 'explorer-category-name' },
      input,
      button('Remove', () => remove(desk, id, name), { 'aria-label': `Remove ${name}` }),
    );
  });
  const added = element('input', { type: 'text', placeholder: 'New category', 'data-focus': 'new category' });
  added.setAttribute('aria-label', 'New category');
  const add = element('form', { class: 'explorer-inline' }, added, element('button', {}, 'Add'));
  add.addEventListener('submit', (event) => {
    event.preventDefault();
    desk.change(withCategory(desk.book, added.value));
  });
  return [element('ul', { class: 'explorer-category-names' }, ...items), add];
}

function remove(desk: LabelDesk, id: string, name: string): void {
  const uses = usesOf(desk.book, id);
  const question = `Remove "${name}"? It stands in ${uses} label${uses === 1 ? '' : 's'}, which will lose it.`;
  if (uses === 0 || window.confirm(question)) desk.change(withoutCategory(desk.book, id));
}
