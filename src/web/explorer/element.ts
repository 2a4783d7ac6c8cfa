type Attribute = string | number | boolean | null;
type Child = Node | string | null;

/**
 * An element with attributes and children; text stays text. An attribute that is null or false is left out, one that is true is empty.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button of a form's look that submits nothing. */
export function button(
  text: string,
  onClick: () => void,
  attributes: Readonly<Record<string, Attribute>> = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', onClick);
  return made;
}

/**
 * The element `explorer-NAME` of the page.
 *
 * @throws {Error} where the page has none of that type.
 */
export function part<Type extends HTMLElement>(name: string, type: new () => Type): Type {
  const found = document.getElementById(`explorer-${name}`);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} explorer-${name}`);
  return found;
}

/** Replaces the children of an element, and gives the focus back to the child of the same `data-focus` that had it. */
export function refill(parent: HTMLElement, ...children: readonly Child[]): void {
  const focused = document.activeElement;
  const name = parent.contains(focused) && focused instanceof HTMLElement ? focused.dataset.focus : undefined;
  parent.replaceChildren(...children.filter((child) => child !== null));
  if (name === undefined) return;
  const again = [...parent.querySelectorAll<HTMLElement>('[data-focus]')];
  again.find((child) => child.dataset.focus === name)?.focus({ preventScroll: true });
}

/** Says something to who listens instead of looks. */
export function announce(text: string): void {
  part('status', HTMLElement).textContent = text;
}

/** 1234567 as 1,234,567. */
export function counted(count: number): string {
  return count.toLocaleString('en');
}
