import type { CombinerModel, Tree } from '../../contracts/combiner.ts';

/** What keeps a fitted combination from answering about so many inputs; null for nothing. A file may have been edited or damaged. */
export function combinerFault(model: CombinerModel, inputs: number): string | null {
  switch (model.kind) {
    case 'logistic':
      return fault('coefficients', model.coefficients.length, inputs);
    case 'forest': {
      const broken = model.trees.findIndex((tree) => !isTree(tree, inputs));
      return broken < 0 ? null : `tree ${broken} does not lead from its root to leaves`;
    }
    case 'network':
      return (
        fault('means', model.means.length, inputs) ??
        fault('deviations', model.deviations.length, inputs) ??
        fault('biases', model.hiddenBias.length, model.hidden.length) ??
        fault('output weights', model.output.length, model.hidden.length) ??
        model.hidden.map((weights) => fault('weights of a unit', weights.length, inputs)).find(Boolean) ??
        null
      );
  }
}

function fault(what: string, received: number, expected: number): string | null {
  return received === expected ? null : `expected ${expected} ${what}, received ${received}`;
}

/** Children come after their parent, so that every way down ends. */
function isTree({ feature, threshold, left, right, value }: Tree, inputs: number): boolean {
  const size = feature.length;
  const isChild = (child: number | undefined, parent: number) =>
    child !== undefined && child > parent && child < size;
  return (
    size > 0 &&
    [threshold, left, right, value].every((list) => list.length === size) &&
    feature.every(
      (asked, node) =>
        asked < 0 || (asked < inputs && isChild(left[node], node) && isChild(right[node], node)),
    )
  );
}
