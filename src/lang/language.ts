/** A region the lexer skips: a string, or a block comment. */
export interface Delimited {
  readonly open: string;
  readonly close: string;
}

export interface StringSyntax extends Delimited {
  /** A backslash takes the next character with it. */
  readonly escapes: boolean;
  /** False: an unclosed string ends with its line. */
  readonly multiline: boolean;
}

/** How a function's body is delimited: `{ … }`, deeper indentation, or a keyword such as `end`. */
export type BlockStyle = 'braces' | 'indentation' | 'keyword';

/** Node types of a tree-sitter grammar, by the part they play at the top of a file or in a class. */
export interface SyntaxNodes {
  /** Named functions and methods, with or without a body. */
  readonly functions: readonly string[];
  /** Anonymous functions; one bound to a name counts as a function of that name. */
  readonly functionValues: readonly string[];
  /** Classes, structs, aliases, macros: kept whole when a kept function names them. */
  readonly types: readonly string[];
  /** Constants, global variables, prototypes: kept when a kept function reads them. */
  readonly variables: readonly string[];
  readonly imports: readonly string[];
  /** Statements that are an import when they contain one, e.g. `try: import x`. */
  readonly conditionalImports: readonly string[];
  /** Nodes that hold top-level nodes and vanish themselves: namespaces, `export`. */
  readonly transparent: readonly string[];
  /** Nodes that belong to the definition inside them: decorators, `template <…>`. */
  readonly wrappers: readonly string[];
  /** Siblings that belong to the definition after them: Rust's attributes. */
  readonly attributes: readonly string[];
  /** Places that bind a local name. */
  readonly bindings: readonly string[];
  readonly comments: readonly string[];
  /** Literals that are compared character by character. */
  readonly strings: readonly string[];
  /** Statements that do nothing: `pass`, a lone `;`. */
  readonly emptyStatements: readonly string[];
  /** Nodes that the grammar accepts although the language does not (any more). */
  readonly invalid: readonly string[];
  /** Parents in which the grammar itself reports a missing node although the code is right. */
  readonly harmlessMissing: readonly string[];
}

/** What the text patterns of a language are matched against: one line, comments and string contents blanked. */
export interface LinePatterns {
  /** The header of a function, with a named group `name` and the flag `d`; the first that matches counts. */
  readonly functions: readonly RegExp[];
  /** The header of a class or another definition with a body; null when there is none. */
  readonly type: RegExp | null;
  /** A line that imports something, and a line that belongs to the definition below it. */
  readonly import: RegExp | null;
  readonly attribute: RegExp | null;
}

/** What is known of one programming language. Built in, or made from a private language in the user's configuration. */
export interface Language {
  /** Lower case; what a task's `language` field holds. */
  readonly id: string;
  /** Other ids that mean it, lower case. */
  readonly aliases: readonly string[];
  readonly displayName: string;
  /** Tags of Markdown fences that hold it, lower case; the first is the one to write. */
  readonly fences: readonly string[];
  /** With its dot, e.g. `.py`. */
  readonly extension: string;
  readonly comments: { readonly line: readonly string[]; readonly block: readonly Delimited[] };
  readonly strings: readonly StringSyntax[];
  readonly blockStyle: BlockStyle;
  /** For `keyword`: the word that closes a block, and the words that open one. */
  readonly keywords: { readonly end: string; readonly openers: readonly string[] } | null;
  readonly patterns: LinePatterns;
  /** A parameter that is not counted: `self`, a lone `*`, C's `void`. */
  readonly uncountedParameter: RegExp | null;
  /** `<` and `>` enclose type arguments, so commas between them do not separate parameters. */
  readonly angleBrackets: boolean;
  /** Functions are members of a class, and a task means the member without its class (Java, C#). */
  readonly functionsAreMembers: boolean;
  /** A signature that declares a method although the task means it without its class: Python's `self`. */
  readonly methodSignature: RegExp | null;
  /** Functions of one name may differ in their parameters. */
  readonly overloading: boolean;
  /** Importing or including the same thing twice is allowed. */
  readonly importsMayRepeat: boolean;
  /** Imports bring in names that cannot be seen in them (traits, headers), so all are kept. */
  readonly keepAllImports: boolean;
  /** Top-level calls that a function may depend on, e.g. `sys.setrecursionlimit(…)`. */
  readonly keptCall: RegExp | null;
  /** Names of functions, types and values that need neither definition nor import; null = not known. */
  readonly builtins: readonly string[] | null;
  /** Where a base model's completion of one function ends. */
  readonly stop: readonly string[];
  /** Name of the grammar in @vscode/tree-sitter-wasm; null when there is none. */
  readonly grammar: string | null;
  readonly nodes: SyntaxNodes | null;
}
