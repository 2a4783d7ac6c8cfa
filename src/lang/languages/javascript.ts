import type { Language } from '../language.ts';
import { lineString, spanningString } from '../string-syntax.ts';

const BUILTINS = `
  Array ArrayBuffer AggregateError Atomics BigInt BigInt64Array BigUint64Array Boolean DataView
  Date Error EvalError Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array
  Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect
  RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array
  Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet AbortController Buffer
  TextDecoder TextEncoder URL URLSearchParams arguments clearInterval clearTimeout console
  decodeURI decodeURIComponent encodeURI encodeURIComponent globalThis isFinite isNaN parseFloat
  parseInt performance process queueMicrotask setInterval setTimeout structuredClone undefined
`;

export const javascript: Language = {
  id: 'javascript',
  aliases: ['js', 'node', 'ecmascript'],
  displayName: 'JavaScript',
  fences: ['javascript', 'js', 'jsx', 'mjs', 'cjs', 'node', 'ecmascript'],
  extension: '.js',
  comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
  strings: [lineString('"'), lineString("'"), spanningString('`', true)],
  blockStyle: 'braces',
  keywords: null,
  patterns: {
    functions: [
      /^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:async[ \t]+)?function[ \t]*\*?[ \t]*(?<name>[\p{L}_$][\p{L}\p{N}_$]*)/du,
      /^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+(?<name>[\p{L}_$][\p{L}\p{N}_$]*)[ \t]*=[ \t]*(?:async[ \t]*)?(?:function\b|[(<]|[\w$]+[ \t]*=>)/du,
    ],
    type: /^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?class[ \t]+\w/,
    import:
      /^(?:import\b.*\bfrom\b|(?:const|let|var)[ \t]+[\w${}, :]+[ \t]*=[ \t]*(?:await[ \t]+import|require)[ \t]*\()/,
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
  stop: ['\nfunction ', '\nclass ', '\n/*', '\n//', '\nconsole.', '\nmodule.exports', '\n```'],
  grammar: 'javascript',
  nodes: {
    functions: ['function_declaration', 'generator_function_declaration', 'method_definition'],
    functionValues: ['arrow_function', 'function_expression', 'generator_function'],
    types: ['class_declaration'],
    variables: ['lexical_declaration', 'variable_declaration', 'expression_statement'],
    imports: ['import_statement'],
    conditionalImports: [],
    transparent: ['export_statement'],
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
