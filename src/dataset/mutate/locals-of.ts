import type { Node } from 'web-tree-sitter';
import type { Language } from '../../lang/language.ts';

/** A parameter or local variable of a function. */
export interface Local {
  /** The offset from which it has a value: 0 for parameters, else the end of its first binding. */
  readonly from: number;
  /** As it is declared; null = it is not. */
  readonly type: string | null;
}

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
 * The parameters and local variables of a function. Functions inside have locals of their own and are left out, as are variables of
 * comprehensions.
 */
export function localsOf(definition: Node, language: Language): ReadonlyMap<string, Local> {
  const inner = new Set([...(language.nodes?.functions ?? []), ...(language.nodes?.functionValues ?? [])]);
  const locals = new Map<string, Local>();
  const bind = (names: readonly string[], local: Local) => {
    for (const name of names) if (!locals.has(name)) locals.set(name, local);
  };
  const open: { readonly node: Node; readonly type: string | null }[] = [{ node: definition, type: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node } = next;
    if (PARAMETERS.test(node.type)) {
      for (const parameter of node.namedChildren) {
        bind(namesIn(parameter), { from: 0, type: declaredType(parameter) });
      }
      continue;
    }
    const type = node.equals(definition) ? null : declaredType(node);
    const field = BINDINGS[node.type];
    const bound = field === undefined ? null : node.childForFieldName(field);
    // A loop's variable has a value in its body, another one after its statement.
    const from = node.childForFieldName('body')?.startIndex ?? node.endIndex;
    if (bound !== null) bind(namesIn(bound), { from, type: type ?? next.type });
    const children = node.namedChildren.filter((child) => !inner.has(child.type)).reverse();
    // What a Java declaration says of its type, it says of all its variables.
    open.push(...children.map((child) => ({ node: child, type })));
  }
  return locals;
}

function declaredType(node: Node): string | null {
  const type = node.childForFieldName('type')?.text ?? null;
  return type === 'var' ? null : type;
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
