import { type MutationOperator, replaced, type Site } from '../mutation.ts';

/** Fields in which an identifier is a name of its own, or is given a value. */
const NOT_READ = new Set(['left', 'name', 'attribute', 'property', 'field', 'parameter', 'type', 'pattern']);

/** Nodes whose identifiers name parameters or imports. */
const DECLARATIONS =
  /^(?:parameters|lambda_parameters|formal_parameters|formal_parameter|typed_parameter|default_parameter|pattern_list|tuple_pattern|for_in_clause|global_statement|nonlocal_statement|type|array_pattern|list_splat_pattern)$/;

/** Another variable of the function that has a value by then, and is of no other type as far as they are declared. */
export const otherVariable: MutationOperator = {
  name: 'variable',
  editsAt: (site, { locals }) => {
    const { node } = site;
    const local = node.type === 'identifier' ? locals.get(node.text) : undefined;
    if (local === undefined || !isRead(site)) return [];
    return [...locals]
      .filter(([name, { from }]) => name !== node.text && from <= node.startIndex)
      .filter(([, { type }]) => type === null || local.type === null || type === local.type)
      .map(([name]) => replaced(node, name));
  },
};

function isRead({ field, parent }: Site): boolean {
  if (parent === null) return false;
  const { type } = parent.node;
  // The operands of an operation are read, on both its sides.
  if (field === 'left') return /^(?:binary_operator|binary_expression|boolean_operator)$/.test(type);
  if (type === 'for_in_clause') return field === 'right';
  return !(field !== null && NOT_READ.has(field)) && !DECLARATIONS.test(type);
}
