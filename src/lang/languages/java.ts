import type { Language } from '../language.ts';
import { lineString, spanningString } from '../string-syntax.ts';

const STATEMENT =
  '(?:return|new|else|throw|case|assert|if|while|for|switch|catch|do|try|yield|package|import|synchronized)';

const BUILTINS = `
  AbstractMethodError ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException
  AssertionError AutoCloseable Boolean Byte CharSequence Character Class ClassCastException
  CloneNotSupportedException Cloneable Comparable Deprecated Double Enum Error Exception Float
  FunctionalInterface IllegalArgumentException IllegalStateException IndexOutOfBoundsException
  Integer InterruptedException Iterable Long Math NegativeArraySizeException NullPointerException
  Number NumberFormatException Object OutOfMemoryError Override Process Record Runnable Runtime
  RuntimeException SafeVarargs SecurityException Short StackOverflowError StrictMath String
  StringBuffer StringBuilder StringIndexOutOfBoundsException SuppressWarnings System Thread
  Throwable UnsupportedOperationException Void
`;

export const java: Language = {
  id: 'java',
  aliases: [],
  displayName: 'Java',
  fences: ['java'],
  extension: '.java',
  comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
  strings: [spanningString('"""', true), lineString('"'), lineString("'")],
  blockStyle: 'braces',
  keywords: null,
  patterns: {
    functions: [
      new RegExp(
        `^[ \\t]*(?!${STATEMENT}\\b)(?:@[\\w.]+(?:\\([^)]*\\))?[ \\t]+)*(?:[\\w.<>[\\],?&]+[ \\t]+)+(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*)[ \\t]*\\(`,
        'du',
      ),
    ],
    type: /^[ \t]*(?:(?:public|protected|private|abstract|final|static|sealed|strictfp)[ \t]+)*(?:class|interface|enum|record|@interface)[ \t]+\w/,
    import: /^[ \t]*import[ \t]+[\w.*]+(?:[ \t]+[\w.*]+)?[ \t]*;/,
    attribute: /^[ \t]*@\w/,
  },
  uncountedParameter: null,
  angleBrackets: true,
  functionsAreMembers: true,
  methodSignature: null,
  overloading: true,
  importsMayRepeat: false,
  keepAllImports: false,
  keptCall: null,
  builtins: BUILTINS.trim().split(/\s+/),
  stop: ['\nclass ', '\npublic class ', '\nimport ', 'public static void main(', '\n```'],
  grammar: 'java',
  nodes: {
    functions: ['method_declaration'],
    functionValues: [],
    types: [
      'class_declaration',
      'interface_declaration',
      'enum_declaration',
      'record_declaration',
      'annotation_type_declaration',
    ],
    variables: ['field_declaration', 'local_variable_declaration'],
    imports: ['import_declaration'],
    conditionalImports: [],
    transparent: [],
    wrappers: [],
    attributes: [],
    bindings: ['variable_declarator', 'enhanced_for_statement', 'catch_formal_parameter'],
    comments: ['line_comment', 'block_comment'],
    strings: ['string_literal', 'character_literal'],
    emptyStatements: [],
    invalid: [],
    harmlessMissing: [],
  },
};
