import type { Language } from '../language.ts';
import { lineString } from '../string-syntax.ts';

const STATEMENT =
  '(?:return|new|delete|else|throw|case|if|while|for|switch|catch|do|try|goto|using|typedef|namespace|co_return)';

export const cpp: Language = {
  id: 'cpp',
  aliases: ['c++', 'cxx', 'cc'],
  displayName: 'C++',
  fences: ['cpp', 'c++', 'cxx', 'cc', 'hpp'],
  extension: '.cpp',
  comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
  strings: [lineString('"'), lineString("'")],
  blockStyle: 'braces',
  keywords: null,
  patterns: {
    functions: [
      new RegExp(
        `^[ \\t]*(?!${STATEMENT}\\b)(?:template[ \\t]*<[^(){};]*>[ \\t]*)?(?:[\\w:<>,*&\\[\\]]+[ \\t]+)+[*&]*(?:\\w+::)*(?<name>~?[\\p{L}_][\\p{L}\\p{N}_]*)[ \\t]*\\(`,
        'du',
      ),
    ],
    type: /^[ \t]*(?:template[ \t]*<[^(){};]*>[ \t]*)?(?:class|struct|enum|union|namespace)[ \t]+\w[^;()]*$/,
    import: /^[ \t]*(?:#[ \t]*include\b|using[ \t]+namespace\b)/,
    attribute: /^[ \t]*(?:template[ \t]*<[^(){};]*>|\[\[.*\]\])[ \t]*$/,
  },
  uncountedParameter: /^void$/,
  angleBrackets: true,
  functionsAreMembers: false,
  methodSignature: null,
  overloading: true,
  importsMayRepeat: true,
  keepAllImports: true,
  keptCall: null,
  builtins: null,
  stop: [
    '\nint main',
    '\nvoid main',
    '\nclass ',
    '\nstruct ',
    '\n#include',
    '\nusing ',
    '\n//',
    '\n/*',
    '\n```',
  ],
  grammar: 'cpp',
  nodes: {
    functions: ['function_definition'],
    functionValues: ['lambda_expression'],
    types: [
      'class_specifier',
      'struct_specifier',
      'union_specifier',
      'enum_specifier',
      'namespace_definition',
      'type_definition',
      'alias_declaration',
      'preproc_def',
      'preproc_function_def',
      'concept_definition',
    ],
    variables: ['declaration'],
    imports: ['preproc_include', 'using_declaration'],
    conditionalImports: [],
    transparent: ['linkage_specification'],
    wrappers: ['template_declaration'],
    attributes: [],
    bindings: ['declaration', 'for_range_loop', 'structured_binding_declarator'],
    comments: ['comment'],
    strings: ['string_literal', 'raw_string_literal', 'char_literal'],
    emptyStatements: [],
    invalid: [],
    // `f(std::map<int, int> m = {})` parses as a compound literal that lacks its type.
    harmlessMissing: ['compound_literal_expression'],
  },
};
