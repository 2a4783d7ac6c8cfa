import type { Node } from 'web-tree-sitter';
import type { Language } from '../../lang/language.ts';

/** Where a function says what its parameters are. */
const PARAMETERS = /^(?:parameters|formal_parameters)$/;

/** Nodes that give a value to the names in their field. */
const BINDINGS: Readonly<Record<string, string>> = {
  assignment: 'left',
  for_statement: 'left',
  for_in_statement: 'left',
  enhanced_for_statement: 'name',
  variable_declarator: 'name',
};

/** Fields of a parameter that are not its name. */
const NO_NAME = new Set(['type', 'value', 'right']);

/**
 * The parameters and local variables of a function, each with the offset from which it has a value: 0 for parameters, else the end
 * of its first binding. Functions inside have locals of their own and are left out, as are variables of comprehensions.
 */
export function localsOf(definition: Node, language: Language): ReadonlyMap<string, number> {
  const inner = new Set([...(language.nodes?.functions ?? []), ...(language.nodes?.functionValues ?? [])]);
  const locals = new Map<string, number>();
  const bind = (names: readonly string[], from: number) => {
    for (const name of names) if (!locals.has(name)) locals.set(name, from);
  };
  const open: Node[] = [definition];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (PARAMETERS.test(node.type)) {
      bind(namesIn(node), 0);
      continue;
    }
    const field = BINDINGS[node.type];
    const bound = field === undefined ? null : node.childForFieldName(field);
    // A loop's variable has a value in its body, another one after its statement.
    if (bound !== null) bind(namesIn(bound), node.childForFieldName('body')?.startIndex ?? node.endIndex);
    open.push(...node.namedChildren.filter(({ type }) => !inner.has(type)).reverse());
  }
  return locals;
}

/** The identifiers that are bound: in `x[i] = …` and `x.y = …` none is. */
function namesIn(node: Node): string[] {
  if (
    /^(?:subscript|attribute|member_expression|field_access|array_access|subscript_expression)$/.test(
      node.type,
    )
  ) {
    return [];
  }
  if (node.type === 'identifier') return [node.text];
  return node.children.flatMap((child, index) =>
    NO_NAME.has(node.fieldNameForChild(index) ?? '') ? [] : namesIn(child),
  );
}
