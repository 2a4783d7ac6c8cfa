import { announce, button, counted, element, refill } from '../explorer/element.ts';
import { choice, field } from '../explorer/filter-bar.ts';
import { agreementView, type Pair } from './agreement-view.ts';
import { categoryEditor } from './category-editor.ts';
import type { SamplePlan } from './label-book.ts';
import type { LabelDesk } from './label-desk.ts';
import { importLabels, saveLabels } from './label-files.ts';
import { sampleForm } from './sample-form.ts';

/** Everything about labels that is not about one candidate. */
export function labelPanel(desk: LabelDesk): { panel: HTMLElement; update: () => void } {
  const who = element('div');
  const sample = element('div');
  const categories = element('div');
  const agreement = element('div');
  const message = element('p', { class: 'explorer-message', role: 'status' });
  const pair: Pair = { first: '', second: '' };
  const section = (title: string, content: HTMLElement) =>
    element('details', {}, element('summary', {}, title), content);
  const samples = section('Sample', sample);
  const panel = element(
    'section',
    { class: 'explorer-labels', 'aria-label': 'Labelling' },
    who,
    samples,
    section('Categories', categories),
    section('Agreement and counts', agreement),
    files(desk, message),
    message,
  );
  const fillAgreement = () => refill(agreement, ...agreementView(desk, pair, fillAgreement));
  panel.hidden = true;
  let drawn: SamplePlan | null | undefined;
  const update = () => {
    const isOpening = panel.hidden && desk.isOpen;
    panel.hidden = !desk.isOpen;
    if (!desk.isOpen) return;
    refill(who, seats(desk), progress(desk), desk.isKept ? null : notKept());
    // What is written in the form and not sent yet must outlive a change elsewhere.
    if (drawn !== desk.book.plan) {
      drawn = desk.book.plan;
      samples.open = drawn === null;
      refill(sample, sampleForm(desk));
    }
    refill(categories, ...categoryEditor(desk));
    fillAgreement();
    if (isOpening && desk.annotator === '') who.querySelector('input')?.focus();
  };
  return { panel, update };
}

function seats(desk: LabelDesk): HTMLElement {
  const names = [...desk.book.labels.keys()];
  const seat = choice([['', 'nobody'], ...names.map((name) => [name, name] as const)], (name) =>
    desk.seat(name),
  );
  seat.value = names.includes(desk.annotator) ? desk.annotator : '';
  seat.dataset.focus = 'seat';
  const name = element('input', {
    type: 'text',
    placeholder: 'Your name',
    maxlength: 60,
    'data-focus': 'name',
  });
  name.setAttribute('aria-label', 'Name of a new annotator');
  const form = element('form', { class: 'explorer-inline' }, name, element('button', {}, 'Start'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (name.value.trim() !== '') desk.seat(name.value);
  });
  return element(
    'div',
    { class: 'explorer-fields' },
    names.length > 0 ? field('Annotator', seat) : null,
    field(names.length > 0 ? 'Another annotator' : 'Annotator', form),
  );
}

/** How far the annotator is in the sample, and whether the list shows it alone. */
function progress(desk: LabelDesk): HTMLElement | null {
  const { sample, own, model } = desk;
  if (sample === null) return null;
  const done = [...sample].filter((key) => (own.get(key)?.categories.length ?? 0) > 0).length;
  const bar = element('progress', { max: Math.max(sample.size, 1), value: done, 'aria-label': 'Labelled' });
  const alone = element('input', { type: 'checkbox', 'data-focus': 'alone' });
  alone.checked = model.filters.within !== null;
  alone.addEventListener('change', () => model.filter({ within: alone.checked ? sample : null }));
  const text = `${counted(done)} of ${counted(sample.size)} of the sample labelled`;
  return element(
    'p',
    { class: 'explorer-inline' },
    bar,
    element('span', {}, text),
    element('label', {}, alone, ' list the sample only'),
  );
}

function notKept(): HTMLElement {
  const text =
    'This browser keeps nothing for this page, or has no room left: labels are lost when it is closed. Export them before.';
  return element('p', { class: 'explorer-warning', role: 'alert' }, text);
}

function files(desk: LabelDesk, message: HTMLElement): HTMLElement {
  const chosen = element('input', {
    type: 'file',
    accept: '.json,application/json',
    class: 'explorer-hidden',
  });
  chosen.tabIndex = -1;
  chosen.setAttribute('aria-hidden', 'true');
  chosen.addEventListener('change', async () => {
    const [file] = chosen.files ?? [];
    if (file === undefined) return;
    message.textContent = await importLabels(desk, file);
    chosen.value = '';
  });
  const save = (form: 'json' | 'csv') => {
    saveLabels(desk, form);
    announce('Labels given to the browser as a file');
  };
  return element(
    'div',
    { class: 'explorer-inline' },
    button('Export JSON', () => save('json')),
    button('Export CSV', () => save('csv')),
    button('Import JSON', () => chosen.click()),
    chosen,
  );
}
