import type { Language } from '../language.ts';
import { lineString, spanningString } from '../string-syntax.ts';

const STATEMENT =
  '(?:return|new|else|throw|case|if|while|for|foreach|switch|catch|do|try|yield|using|namespace|lock|await|var)';

export const cSharp: Language = {
  id: 'csharp',
  aliases: ['c#', 'cs', 'c-sharp'],
  displayName: 'C#',
  fences: ['csharp', 'c#', 'cs', 'c-sharp'],
  extension: '.cs',
  comments: { line: ['//'], block: [{ open: '/*', close: '*/' }] },
  strings: [
    spanningString('"""', false),
    { open: '@"', close: '"', escapes: false, multiline: true },
    lineString('"'),
    lineString("'"),
  ],
  blockStyle: 'braces',
  keywords: null,
  patterns: {
    functions: [
      new RegExp(
        `^[ \\t]*(?!${STATEMENT}\\b)(?:\\[[^\\]]*\\][ \\t]*)*(?:[\\w.<>[\\],?]+[ \\t]+)+(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)(?:<[^()]*>)?[ \\t]*\\(`,
        'du',
      ),
    ],
    type: /^[ \t]*(?:(?:public|protected|private|internal|abstract|sealed|static|partial|readonly|ref)[ \t]+)*(?:class|interface|enum|record|struct)[ \t]+\w/,
    import: /^[ \t]*(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?[\w.= <>]+;/,
    attribute: /^[ \t]*\[[A-Z][^\]]*\][ \t]*$/,
  },
  uncountedParameter: null,
  angleBrackets: true,
  functionsAreMembers: true,
  methodSignature: null,
  overloading: true,
  importsMayRepeat: false,
  keepAllImports: true,
  keptCall: null,
  builtins: null,
  stop: ['\nclass ', '\npublic class ', '\nusing ', '\nnamespace ', 'static void Main(', '\n```'],
  grammar: 'c-sharp',
  nodes: {
    functions: ['method_declaration', 'local_function_statement'],
    functionValues: [],
    types: [
      'class_declaration',
      'interface_declaration',
      'enum_declaration',
      'record_declaration',
      'struct_declaration',
      'delegate_declaration',
    ],
    variables: ['field_declaration', 'property_declaration', 'local_declaration_statement'],
    imports: ['using_directive'],
    conditionalImports: [],
    transparent: ['namespace_declaration', 'file_scoped_namespace_declaration', 'global_statement'],
    wrappers: [],
    attributes: [],
    bindings: ['variable_declarator', 'foreach_statement', 'catch_declaration'],
    comments: ['comment'],
    strings: [
      'string_literal',
      'verbatim_string_literal',
      'raw_string_literal',
      'interpolated_string_expression',
      'character_literal',
    ],
    emptyStatements: ['empty_statement'],
    invalid: [],
    harmlessMissing: [],
  },
};
