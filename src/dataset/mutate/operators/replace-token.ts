import type { MutationOperator } from '../mutation.ts';
import { replaced } from '../mutation.ts';

/** Nodes whose operator is a token among their children, in Python's grammar and in those of the C family. */
const OPERATIONS = new Set([
  'comparison_operator',
  'boolean_operator',
  'binary_operator',
  'binary_expression',
  'augmented_assignment',
  'augmented_assignment_expression',
  'assignment_expression',
  'update_expression',
]);

type Replacements = Readonly<Record<string, readonly string[]>>;

const BOUNDARY: Replacements = { '<': ['<='], '<=': ['<'], '>': ['>='], '>=': ['>'] };

const COMPARISON: Replacements = {
  '==': ['!='],
  '!=': ['=='],
  '===': ['!=='],
  '!==': ['==='],
  '<': ['>'],
  '>': ['<'],
  '<=': ['>='],
  '>=': ['<='],
  in: ['not in'],
  'not in': ['in'],
  is: ['is not'],
  'is not': ['is'],
};

const ARITHMETIC: Replacements = {
  '+': ['-'],
  '-': ['+'],
  '*': ['+'],
  '/': ['*', '//'],
  '//': ['/'],
  '%': ['/', '//'],
  '**': ['*'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['+='],
  '/=': ['*='],
  '//=': ['/='],
  '++': ['--'],
  '--': ['++'],
  '&': ['|'],
  '|': ['&'],
  '^': ['|'],
  '<<': ['>>'],
  '>>': ['<<'],
};

const LOGIC: Replacements = { and: ['or'], or: ['and'], '&&': ['||'], '||': ['&&'] };

/** Another operator between the same operands: `<` for `<=`, `!=` for `==`, `-` for `+`, `or` for `and`. */
export const tokenOperators: readonly MutationOperator[] = [
  replaceToken('boundary', BOUNDARY),
  replaceToken('comparison', COMPARISON),
  replaceToken('arithmetic', ARITHMETIC),
  replaceToken('logic', LOGIC),
];

function replaceToken(name: string, replacements: Replacements): MutationOperator {
  return {
    name,
    editsAt: ({ node }, { language }) => {
      if (!OPERATIONS.has(node.type)) return [];
      // Text can be joined and nothing else: the mistake would be seen at first sight.
      if (name === 'arithmetic' && node.namedChildren.some(({ type }) => isText(type))) return [];
      const isAllowed = (text: string) => language.blockStyle === 'indentation' || !text.startsWith('//');
      return node.children
        .filter((child) => !child.isNamed && Object.hasOwn(replacements, child.type))
        .flatMap((child) =>
          (replacements[child.type] ?? []).filter(isAllowed).map((text) => replaced(child, text)),
        );
    },
  };
}

function isText(type: string): boolean {
  return type === 'string' || type === 'string_literal' || type === 'template_string';
}
