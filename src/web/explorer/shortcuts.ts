import { button, element } from './element.ts';

/** A key that does something while no field is written in. */
export interface Shortcut {
  readonly key: string;
  /** Not explained where it is empty. */
  readonly does: string;
  run(): void;
}

const STORED = 'codejury:shortcuts';

/**
 * Keys that work while the explorer is on the screen and the focus in it or nowhere, and the dialog that explains them and turns them off
 * (WCAG 2.2, 2.1.4: single keys hinder people who speak to their computer). `leave` is called where Escape is pressed in a field. Returns what opens
 * the dialog.
 */
export function shortcuts(
  root: HTMLElement,
  keys: readonly Shortcut[],
  note: string,
  leave: () => void,
): () => void {
  let isOn = readStored(STORED) !== 'off';
  const toggle = element('input', { type: 'checkbox' });
  toggle.checked = isOn;
  toggle.addEventListener('change', () => {
    isOn = toggle.checked;
    writeStored(STORED, isOn ? 'on' : 'off');
  });
  const dialog = element(
    'dialog',
    { class: 'explorer-help', 'aria-label': 'Keys of the explorer' },
    element('h3', {}, 'Keys'),
    element(
      'dl',
      {},
      ...keys
        .filter(({ does }) => does !== '')
        .flatMap(({ key, does }) => [element('dt', {}, element('kbd', {}, key)), element('dd', {}, does)]),
    ),
    element('p', {}, note),
    element('label', {}, toggle, ' Keys of one letter are on'),
    button('Close', () => dialog.close()),
  );
  root.append(dialog);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === 'Escape' && root.contains(fieldOf(event))) {
      event.preventDefault();
      leave();
    }
    if (!isOn || !isMeant(root, event)) return;
    const found = keys.find(({ key }) => key === event.key);
    if (found === undefined) return;
    event.preventDefault();
    found.run();
  });
  return () => dialog.showModal();
}

/** What is kept under a name; null = nothing, or the browser keeps nothing for this page. */
export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** False where the browser keeps nothing for this page, or has no more room. */
export function writeStored(name: string, value: string): boolean {
  try {
    localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
}

function isMeant(root: HTMLElement, event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.closest('dialog[open]') !== null) return false;
  if (fieldOf(event) !== null) return false;
  if (root.contains(target)) return true;
  const { top, bottom } = root.getBoundingClientRect();
  return target === document.body && top < window.innerHeight && bottom > 0;
}

/** The field that takes the keys itself; null = none. */
function fieldOf({ target }: KeyboardEvent): HTMLElement | null {
  if (!(target instanceof HTMLElement)) return null;
  return target.matches('select, textarea, input:not([type=checkbox], [type=radio])') ? target : null;
}
