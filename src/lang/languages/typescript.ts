import type { Language } from '../language.ts';
import { javascript } from './javascript.ts';

const TYPES = `
  ArrayLike Awaited Capitalize Exclude Extract InstanceType Iterable IterableIterator Lowercase
  NonNullable Omit Parameters Partial Pick PromiseLike Readonly ReadonlyArray ReadonlyMap
  ReadonlySet Record Required ReturnType Uncapitalize Uppercase PropertyKey
`;

export const typescript: Language = {
  ...javascript,
  id: 'typescript',
  aliases: ['ts'],
  displayName: 'TypeScript',
  fences: ['typescript', 'ts', 'tsx', 'mts', 'cts'],
  extension: '.ts',
  patterns: {
    ...javascript.patterns,
    functions: [
      ...javascript.patterns.functions,
      /^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+(?<name>[\p{L}_$][\p{L}\p{N}_$]*)[ \t]*:[^=]*(?:=>[^=]*)?=(?!>)/du,
    ],
    type: /^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:declare[ \t]+)?(?:(?:abstract[ \t]+)?class|interface|enum|namespace)[ \t]+\w/,
  },
  uncountedParameter: /^this[ \t]*:/,
  angleBrackets: true,
  builtins: [...(javascript.builtins ?? []), ...TYPES.trim().split(/\s+/)],
  grammar: 'typescript',
  nodes: {
    functions: [
      'function_declaration',
      'generator_function_declaration',
      'function_signature',
      'method_definition',
    ],
    functionValues: ['arrow_function', 'function_expression', 'generator_function'],
    types: [
      'class_declaration',
      'abstract_class_declaration',
      'interface_declaration',
      'type_alias_declaration',
      'enum_declaration',
    ],
    variables: ['lexical_declaration', 'variable_declaration', 'expression_statement'],
    imports: ['import_statement'],
    conditionalImports: [],
    transparent: ['export_statement', 'ambient_declaration'],
    wrappers: [],
    attributes: [],
    bindings: ['variable_declarator', 'for_in_statement', 'catch_clause'],
    comments: ['comment', 'html_comment'],
    strings: ['string', 'template_string', 'regex'],
    emptyStatements: ['empty_statement'],
    invalid: [],
    harmlessMissing: [],
  },
};
