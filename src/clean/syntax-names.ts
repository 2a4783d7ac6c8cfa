import type { Node } from 'web-tree-sitter';
import type { SyntaxNodes } from '../lang/language.ts';

/** Children in these fields hold no name that the parent defines. */
const VALUE_FIELDS = new Set([
  'value',
  'type',
  'right',
  'body',
  'parameters',
  'arguments',
  'return_type',
  'default_value',
  'size',
  'index',
  'subscript',
  'attribute',
  'property',
  'field',
]);

const TARGET_FIELDS = ['left', 'name', 'pattern', 'declarator', 'parameter'] as const;

const ACCESS = /subscript|attribute|member|field_access|selector|index_expression/;

/** True for a leaf that is a name: identifier, type_identifier, shorthand_property_identifier_pattern, … */
export function isIdentifier(node: Node): boolean {
  return node.childCount === 0 && node.type.includes('identifier');
}

/**
 * The names a declaration or assignment defines. In `memo[0] = 1` and `a.b = 1` that is the root (`memo`, `a`) when
 * `roots` is on, nothing otherwise.
 */
export function definedNames(node: Node, roots: boolean): string[] {
  const names: string[] = [];
  const open: Node[] = [node];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (isIdentifier(current)) {
      names.push(current.text);
    } else if (ACCESS.test(current.type)) {
      const root = current.namedChild(0);
      if (roots && root !== null) {
        open.push(root);
      }
    } else {
      open.push(...definingChildren(current).reverse());
    }
  }
  return names;
}

/** Every identifier below the node, in order, with repetitions. */
export function identifiersIn(node: Node): string[] {
  const names: string[] = [];
  walk(node, (current) => {
    if (isIdentifier(current)) {
      names.push(current.text);
    }
    return true;
  });
  return names;
}

/** Parameters and local variables of the functions in the node, names declared global left out. */
export function boundNames(node: Node, nodes: SyntaxNodes): Set<string> {
  const bound = new Set<string>();
  const shared: string[] = [];
  walk(node, (current) => {
    if (nodes.bindings.includes(current.type)) {
      addAll(bound, definedNames(current, false));
    } else if (nodes.functions.includes(current.type) || nodes.functionValues.includes(current.type)) {
      const parameters = parametersOf(current);
      addAll(bound, parameters === null ? [] : definedNames(parameters, false));
    } else if (current.type === 'global_statement' && current.parent?.type === 'block') {
      shared.push(...identifiersIn(current));
    }
    return true;
  });
  for (const name of shared) {
    bound.delete(name);
  }
  return bound;
}

/** The node that names a function: its `name`, or what its chain of declarators ends in (C++). */
export function functionNameNode(node: Node): Node | null {
  let current: Node | null = node;
  while (current !== null && !isIdentifier(current)) {
    current =
      current.childForFieldName('name') ??
      current.childForFieldName('declarator') ??
      current.namedChildren.find((child) => child.type.endsWith('declarator')) ??
      null;
  }
  return current;
}

/** The parameter list of a function, an arrow function's lone parameter, or null. */
export function parametersOf(node: Node): Node | null {
  let current: Node | null = node;
  while (current !== null) {
    const parameters: Node | null =
      current.childForFieldName('parameters') ?? current.childForFieldName('parameter');
    if (parameters !== null) {
      return parameters;
    }
    current =
      current.childForFieldName('declarator') ??
      current.namedChildren.find((child) => child.type.endsWith('declarator')) ??
      null;
  }
  return null;
}

/** Visits the node and what is below it in source order; `visit` returns whether to go further down. */
export function walk(node: Node, visit: (current: Node) => boolean): void {
  const open: Node[] = [node];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (visit(current)) {
      open.push(...current.children.reverse());
    }
  }
}

function definingChildren(node: Node): Node[] {
  for (const field of TARGET_FIELDS) {
    const children = node.childrenForFieldName(field).filter((child) => child.isNamed);
    if (children.length > 0) {
      return children;
    }
  }
  const children: Node[] = [];
  for (let index = 0; index < node.namedChildCount; index++) {
    const child = node.namedChild(index);
    if (child !== null && !VALUE_FIELDS.has(node.fieldNameForNamedChild(index) ?? '')) {
      children.push(child);
    }
  }
  return children;
}

function addAll(names: Set<string>, added: readonly string[]): void {
  for (const name of added) {
    names.add(name);
  }
}
