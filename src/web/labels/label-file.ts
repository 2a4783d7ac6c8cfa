import type { Category, Label, LabelBook, SamplePlan } from './label-book.ts';

/** The book as the text of a JSON file, in which maps are objects. */
export function labelFile({ study, categories, plan, labels, settled }: LabelBook): string {
  const byAnnotator = [...labels].map(([annotator, own]) => [annotator, Object.fromEntries(own)]);
  const file = {
    format: 'codejury labels 1',
    study,
    categories,
    plan,
    labels: Object.fromEntries(byAnnotator),
    settled: Object.fromEntries(settled),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** A book, or what is wrong with the text in words for people. Labels of categories that the file does not list are faults. */
export function readLabelFile(text: string, study: string): LabelBook | { readonly fault: string } {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    return { fault: `this is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (!isRecord(file) || file.format !== 'codejury labels 1') {
    return { fault: 'this is no file of labels: expected "format": "codejury labels 1"' };
  }
  if (file.study !== study) {
    return { fault: `these are labels of another study (${String(file.study).slice(0, 12)}…)` };
  }
  const { categories, plan, labels, settled } = file;
  if (!Array.isArray(categories) || !categories.every(isCategory)) {
    return { fault: 'expected "categories" with "id" and "name" each' };
  }
  if (plan !== null && !isPlan(plan)) return { fault: 'expected "plan" of a sample, or null' };
  const known = new Set(categories.map(({ id }) => id));
  const isKnown = (id: unknown) => typeof id === 'string' && known.has(id);
  if (!isRecord(settled) || !Object.values(settled).every(isKnown)) {
    return { fault: 'expected "settled" with a category of the file each' };
  }
  if (!isRecord(labels)) return { fault: 'expected "labels" by annotator' };
  const read = new Map<string, ReadonlyMap<string, Label>>();
  for (const [annotator, own] of Object.entries(labels)) {
    const entries = isRecord(own) ? Object.entries(own) : null;
    const wrong = entries?.find(([, label]) => !isLabel(label) || !label.categories.every(isKnown));
    if (entries === null || wrong !== undefined) {
      return {
        fault: `${annotator}${wrong === undefined ? '' : `, ${wrong[0]}`}: expected categories of the file and a note`,
      };
    }
    read.set(annotator, new Map(entries as [string, Label][]));
  }
  return {
    study,
    categories,
    plan,
    labels: read,
    settled: new Map(Object.entries(settled as Record<string, string>)),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCategory(value: unknown): value is Category {
  return isRecord(value) && typeof value.id === 'string' && typeof value.name === 'string';
}

function isLabel(value: unknown): value is Label {
  if (!isRecord(value) || !Array.isArray(value.categories)) return false;
  return value.categories.every((id) => typeof id === 'string') && typeof value.note === 'string';
}

function isPlan(value: unknown): value is SamplePlan {
  if (!isRecord(value)) return false;
  const { judge, errors, confidence, margin, seed } = value;
  const isShare = (share: unknown) => typeof share === 'number' && share > 0 && share < 1;
  return (
    typeof judge === 'string' &&
    ['both', 'false-positive', 'false-negative'].includes(String(errors)) &&
    isShare(confidence) &&
    isShare(margin) &&
    Number.isSafeInteger(seed)
  );
}
