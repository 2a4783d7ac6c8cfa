import { sampleSize } from '../../util/sample-size.ts';
import { counted, element } from '../explorer/element.ts';
import { choice, field } from '../explorer/filter-bar.ts';
import { errorsOf } from './draw-sample.ts';
import type { SamplePlan } from './label-book.ts';
import type { LabelDesk } from './label-desk.ts';

const ERRORS: Readonly<Record<SamplePlan['errors'], string>> = {
  both: 'False positives and false negatives',
  'false-positive': 'False positives',
  'false-negative': 'False negatives',
};

/** Which errors of which judge are looked at, and how many are enough. The sample is the same for whoever draws it with the same answers. */
export function sampleForm(desk: LabelDesk): HTMLElement {
  const { judges } = desk.model.data;
  const plan = desk.book.plan;
  const judge = choice(
    judges.map((name) => [name, name]),
    () => say(),
  );
  judge.value = plan?.judge ?? judges[desk.model.filters.judge] ?? '';
  const errors = choice(Object.entries(ERRORS), () => say());
  errors.value = plan?.errors ?? 'both';
  const confidence = number((plan?.confidence ?? 0.95) * 100, 'any', 99.99);
  const margin = number((plan?.margin ?? 0.05) * 100, 'any', 50);
  const seed = number(plan?.seed ?? 0, '1', Number.MAX_SAFE_INTEGER);
  const size = element('output', { class: 'explorer-size' });
  const draw = element('button', {}, plan === null ? 'Draw the sample' : 'Draw again');
  const form = element(
    'form',
    { class: 'explorer-fields' },
    field('Judge', judge),
    field('Errors', errors),
    field('Confidence in %', confidence),
    field('Margin in points', margin),
    field('Seed', seed),
    size,
    draw,
  );
  const asked = (): SamplePlan => ({
    judge: judge.value,
    errors: errors.value as SamplePlan['errors'],
    confidence: confidence.valueAsNumber / 100,
    margin: margin.valueAsNumber / 100,
    seed: seed.valueAsNumber,
  });
  const say = () => {
    const wanted = asked();
    const population = errorsOf(desk.model.rows, judges.indexOf(wanted.judge), wanted.errors).length;
    const isValid = form.checkValidity();
    draw.disabled = !isValid || population === 0;
    size.textContent = isValid
      ? `${counted(sampleSize(population, wanted.margin, wanted.confidence))} of ${counted(population)} errors`
      : 'Expected a confidence between 0 and 100, a margin up to 50 points, and a whole seed';
  };
  form.addEventListener('input', say);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const wanted = asked();
    desk.change({ ...desk.book, plan: wanted });
    desk.model.filter({ judge: judges.indexOf(wanted.judge), kind: 'all', within: desk.sample });
  });
  say();
  return form;
}

function number(value: number, step: string, max: number): HTMLInputElement {
  const rounded = Math.round(value * 1e6) / 1e6;
  return element('input', {
    type: 'number',
    value: rounded,
    step,
    min: step === 'any' ? 0.01 : 0,
    max,
    required: true,
  });
}
