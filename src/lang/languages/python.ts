import type { Language } from '../language.ts';
import { lineString, spanningString } from '../string-syntax.ts';

const BUILTINS = `
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError
  BrokenPipeError BufferError ChildProcessError ConnectionAbortedError ConnectionError
  ConnectionRefusedError ConnectionResetError EOFError Ellipsis EnvironmentError Exception
  ExceptionGroup FileExistsError FileNotFoundError FloatingPointError GeneratorExit IOError
  ImportError IndentationError IndexError InterruptedError IsADirectoryError KeyError
  KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError
  NotImplemented NotImplementedError OSError OverflowError PermissionError ProcessLookupError
  RecursionError ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError
  SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
  UnicodeEncodeError UnicodeError UnicodeTranslateError ValueError ZeroDivisionError abs aiter all
  anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex
  delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals
  hasattr hash help hex id input int isinstance issubclass iter len list locals map max memoryview
  min next object oct open ord pow print property range repr reversed round set setattr slice
  sorted staticmethod str sum super tuple type vars zip __name__ __import__
`;

export const python: Language = {
  id: 'python',
  aliases: ['py', 'python3'],
  displayName: 'Python',
  fences: ['python', 'py', 'python3', 'py3'],
  extension: '.py',
  comments: { line: ['#'], block: [] },
  strings: [spanningString('"""', true), spanningString("'''", true), lineString('"'), lineString("'")],
  blockStyle: 'indentation',
  keywords: null,
  patterns: {
    functions: [/^[ \t]*(?:async[ \t]+)?def[ \t]+(?<name>[\p{L}_][\p{L}\p{N}_]*)/du],
    type: /^[ \t]*class[ \t]+[\p{L}_]/u,
    import: /^(?:import[ \t]+[\w.]+(?:[ \t]*,|[ \t]+as\b|[ \t]*$)|from[ \t]+[\w.]+[ \t]+import\b)/,
    attribute: /^[ \t]*@[\w.]+/,
  },
  uncountedParameter: /^(?:self|cls)$|^[*/]$/,
  angleBrackets: false,
  functionsAreMembers: false,
  methodSignature: /\(\s*(?:self|cls)\s*[,):]/,
  overloading: false,
  importsMayRepeat: true,
  keepAllImports: false,
  keptCall: /^sys\.setrecursionlimit\(/,
  builtins: BUILTINS.trim().split(/\s+/),
  stop: ['\nclass ', '\ndef ', '\n#', '\nif ', '\nprint', '\nassert ', '\n@', '\n```'],
  grammar: 'python',
  nodes: {
    functions: ['function_definition'],
    functionValues: ['lambda'],
    types: ['class_definition', 'type_alias_statement'],
    variables: ['expression_statement'],
    imports: ['import_statement', 'import_from_statement', 'future_import_statement'],
    conditionalImports: ['try_statement', 'if_statement'],
    transparent: [],
    wrappers: ['decorated_definition'],
    attributes: [],
    bindings: [
      'assignment',
      'augmented_assignment',
      'for_statement',
      'for_in_clause',
      'named_expression',
      'as_pattern_target',
    ],
    comments: ['comment'],
    strings: ['string'],
    emptyStatements: ['pass_statement'],
    invalid: ['print_statement', 'exec_statement'],
    harmlessMissing: [],
  },
};
