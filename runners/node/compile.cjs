'use strict';

/** From the pieces of a program to something that can be run, or to the syntax error that is in it. */

const vm = require('node:vm');
const nodeModule = require('node:module');
const { emittedLines } = require('./source-map.cjs');

/** What makes Node read a file again as an ES module. */
const MODULE_SYNTAX =
  /^(Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module|await is only valid in async functions and the top level bodies of modules|Unexpected reserved word)$/;

const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * @param pieces before, code and after (as written), emitted and lineMap (what a compiler made of all three, '' = nothing),
 *   dialect, label (name of the function that marks the end of the text), main (path of the program's file)
 * @returns {error: [kind, line, message]}, or kind, program, run, regionOf, ownLine, harnessUses
 */
function compileProgram(pieces) {
  const { before, code, after, label, main } = pieces;
  const written = `${before}${code}\n${after}`;
  const first = lineEnds(before);
  const last = first + lineEnds(code) + 1;
  const ownOf = (line) => (line > first && line <= last ? line - first : null);
  let translated = { program: written, lines: null };
  try {
    if (pieces.emitted !== '') translated = { program: pieces.emitted, lines: JSON.parse(pieces.lineMap) };
    else if (pieces.dialect === 'typescript') translated = withoutTypes(written);
  } catch (error) {
    return { error: [error.name, lineOf(error, '', ownOf), error.message] };
  }
  const { program, lines } = translated;
  // Where both are as they were written, the tests begin on a line of their own.
  const cut = lines === null ? offsetOfLine(program, last + 1) : null;
  const sourceLine = (line) => (lines === null ? line : (lines[line - 1] ?? 0));
  const place = {
    program,
    /** The candidate's own line (from 1) of a line of the program; null for any other line. */
    ownLine: (line) => ownOf(sourceLine(line)),
    isAfter: (line) => sourceLine(line) > last,
    testsStart: cut ?? offsetOfLine(program, lines.findIndex((line) => line > last) + 1),
    /** Whether tests, or what comes before the candidate, contain the pattern. */
    harnessUses: (pattern) => pattern.test(before) || pattern.test(after),
  };
  const syntaxError = (error) => ({ error: [error.name, lineOf(error, main, place.ownLine), error.message] });

  let kind = 'script';
  let run = null;
  try {
    run = compileScript(`${program}\n;${label}(require, console)`, main, label);
  } catch (error) {
    if (!MODULE_SYNTAX.test(error.message)) return blame(error);
    try {
      new vm.SourceTextModule(program);
      kind = 'module';
    } catch (asModule) {
      return blame(MODULE_SYNTAX.test(asModule.message) ? error : asModule);
    }
  }
  // A candidate that stands alone cannot swallow the tests with an open string, comment or bracket.
  if (pieces.emitted === '' && standsAlone(after) && !standsAlone(`${before}${code}`)) {
    return blame(new SyntaxError('it does not end where the tests begin'));
  }
  return { kind, run, ...place };

  function standsAlone(text) {
    try {
      return parses(pieces.dialect === 'typescript' ? withoutTypes(text).program : text, kind);
    } catch {
      return false;
    }
  }

  /** The candidate's own error where it has one: what the tests make of it says less. */
  function blame(error) {
    if (kind === 'module' || cut === null || !parses(program.slice(cut), kind)) return syntaxError(error);
    try {
      compileScript(program.slice(0, cut), main, label);
      return syntaxError(error);
    } catch (own) {
      return syntaxError(own);
    }
  }
}

function compileScript(text, filename, label) {
  return vm.compileFunction(text, [...PARAMETERS, label], {
    filename,
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

function parses(text, kind) {
  try {
    if (kind === 'module') new vm.SourceTextModule(text);
    else vm.compileFunction(text, PARAMETERS);
    return true;
  } catch {
    return false;
  }
}

/** Types taken away, not checked. Where more than types has to go, lines move and a source map says where they were. */
function withoutTypes(written) {
  try {
    return { program: nodeModule.stripTypeScriptTypes(written), lines: null };
  } catch (error) {
    if (error.code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error;
  }
  const program = nodeModule.stripTypeScriptTypes(written, { mode: 'transform', sourceMap: true });
  const encoded = /\n\/\/# sourceMappingURL=[^,]*,([\w+/=]+)\s*$/.exec(program)?.[1] ?? '';
  const { mappings } = JSON.parse(Buffer.from(encoded, 'base64').toString());
  return { program, lines: emittedLines(mappings) };
}

/** The line that a syntax error's decorated stack begins with (behind the file's name), as the candidate counts; null where it is not in there. */
function lineOf(error, main, ownLine) {
  const head = `${main}:`;
  const stack = String(error.stack);
  const line = stack.startsWith(head) ? Number.parseInt(stack.slice(head.length), 10) : Number.NaN;
  return Number.isNaN(line) ? null : ownLine(line);
}

function lineEnds(text) {
  return text.match(LINE_END)?.length ?? 0;
}

/** Where a line (from 1) begins; the text's length for one behind the last. */
function offsetOfLine(text, line) {
  let left = line - 1;
  for (const end of text.matchAll(LINE_END)) {
    left -= 1;
    if (left === 0) return end.index + end[0].length;
  }
  return left <= 0 ? 0 : text.length;
}

module.exports = { compileProgram, offsetOfLine };
