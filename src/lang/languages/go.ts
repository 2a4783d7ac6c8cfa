import type { Language } from '../language.ts';
import { lineString, spanningString } from '../string-syntax.ts';

const BUILTINS = `
  any append bool byte cap clear close comparable complex complex128 complex64 copy delete error
  false float32 float64 imag int int16 int32 int64 int8 iota len make max min new nil panic print
  println real recover rune string true uint uint16 uint32 uint64 uint8 uintptr
`;

export const go: Language = {
  id: 'go',
  aliases: ['golang'],
  displayName: 'Go',
  fences: ['go', 'golang'],
  extension: '.go',
  comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
  strings: [lineString('"'), lineString("'"), spanningString('`', false)],
  blockStyle: 'braces',
  keywords: null,
  patterns: {
    functions: [/^func[ \t]*(?:\([^)]*\)[ \t]*)?(?<name>[\p{L}_][\p{L}\p{N}_]*)/du],
    type: /^type[ \t]+\w+(?:\[[^\]]*\])?[ \t]+(?:struct|interface)\b/,
    import: /^import[ \t]+[\w.]*[ \t]*"/,
    attribute: null,
  },
  uncountedParameter: null,
  angleBrackets: false,
  functionsAreMembers: false,
  methodSignature: null,
  overloading: false,
  importsMayRepeat: false,
  keepAllImports: false,
  keptCall: null,
  builtins: BUILTINS.trim().split(/\s+/),
  stop: ['\nfunc ', '\ntype ', '\n//', '\n/*', '\npackage ', '\n```'],
  grammar: 'go',
  nodes: {
    functions: ['function_declaration', 'method_declaration'],
    functionValues: ['func_literal'],
    types: ['type_declaration'],
    variables: ['const_declaration', 'var_declaration'],
    imports: ['import_spec'],
    conditionalImports: [],
    transparent: ['import_declaration', 'import_spec_list'],
    wrappers: [],
    attributes: [],
    bindings: ['short_var_declaration', 'var_spec', 'range_clause'],
    comments: ['comment'],
    strings: ['interpreted_string_literal', 'raw_string_literal', 'rune_literal'],
    emptyStatements: ['empty_statement'],
    invalid: [],
    harmlessMissing: [],
  },
};
