'use strict';

/**
 * Checks and translates one TypeScript program after another. Programs are only read here, never run. The compiler and its
 * declarations of the language come with the first request; they are parsed once and shared by all checks.
 */

const { Module, builtinModules, isBuiltin } = require('node:module');
const { frameOf, readNetstring, split, write } = require('./wire.cjs');
const { emittedLines } = require('./source-map.cjs');

const FILE = '/main.ts';
const LIBRARIES = '/lib/';
const NODE = '/node.d.ts';
const MOST_ERRORS = 20;

/** Everything in Node's own modules has every type. */
const NODE_DECLARATIONS = [
  ...new Set(builtinModules.flatMap((name) => [name, `node:${name.replace(/^node:/, '')}`])),
]
  .map((name) => `declare module '${name}';`)
  .concat('declare var process: any, Buffer: any, global: any, require: any, module: any;')
  .join('\n');

function main() {
  if (readNetstring() === null) return;
  write(Buffer.from('5:ready,'));
  const setup = readNetstring();
  if (setup === null) return;
  const [source, ...libraries] = split(setup).map(String);
  const check = makeCheck(loadCompiler(source), libraries);
  write(Buffer.from('2:ok,'));
  for (let request = readNetstring(); request !== null; request = readNetstring()) {
    const [nonce, ...pieces] = split(request);
    write(frameOf(nonce, check(...pieces.map(String))));
  }
}

function loadCompiler(source) {
  const module = new Module('/typescript.js', null);
  module._compile(source, '/typescript.js');
  return module.exports;
}

/** @param libraries names and texts of the declarations, one after the other */
function makeCheck(ts, libraries) {
  // What `tsc --target esnext` on a file of its own does: no strictness, all of the language and the browser declared.
  const options = {
    target: ts.ScriptTarget.ESNext,
    types: [],
    sourceMap: true,
    noErrorTruncation: true,
  };
  const texts = new Map();
  for (let index = 0; index < libraries.length; index += 2) {
    texts.set(LIBRARIES + libraries[index], libraries[index + 1]);
  }
  texts.set(NODE, NODE_DECLARATIONS);
  const parsed = new Map();
  const parse = (name, text) => ts.createSourceFile(name, text, { languageVersion: options.target });
  const library = (name) => {
    if (!parsed.has(name) && texts.has(name)) parsed.set(name, parse(name, texts.get(name)));
    return parsed.get(name);
  };
  const importsOfNode = (text) =>
    ts.preProcessFile(text, true, false).importedFiles.some(({ fileName }) => isBuiltin(fileName));
  /** Types of a module of which nothing is declared: `Stats`, `fs.Stats`. */
  const isOfUndeclared = ({ code, messageText }) =>
    code === 2709 || (code === 2694 && isBuiltin(/^Namespace '"(.*)"'/.exec(String(messageText))?.[1] ?? ''));
  const hasSyntaxErrors = (text) => parse(FILE, text).parseDiagnostics.length > 0;

  /** [program, lines] as JSON, or [null, errors]: each a line of the whole program, a code and a message. */
  const check = (before, code, after) => {
    const written = `${before}${code}\n${after}`;
    const file = parse(FILE, written);
    // Benchmarks' harnesses declare nothing of Node.js; whoever imports it in tests expects it to be known.
    const roots = [before, after].some(importsOfNode) ? [FILE, NODE] : [FILE];
    const program = ts.createProgram(roots, options, {
      getSourceFile: (name) => (name === FILE ? file : library(name)),
      getDefaultLibFileName: (given) => LIBRARIES + ts.getDefaultLibFileName(given),
      getDefaultLibLocation: () => LIBRARIES,
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
      fileExists: (name) => name === FILE || texts.has(name),
      readFile: (name) => texts.get(name),
      directoryExists: () => false,
      getDirectories: () => [],
      writeFile: () => undefined,
    });
    const found = [
      ...program.getOptionsDiagnostics(),
      ...program.getSyntacticDiagnostics(file),
      ...program.getGlobalDiagnostics(),
      ...program.getSemanticDiagnostics(file),
    ];
    const errors = found
      .filter(({ category }) => category === ts.DiagnosticCategory.Error)
      .filter((error) => !roots.includes(NODE) || !isOfUndeclared(error))
      .slice(0, MOST_ERRORS)
      .map((error) => [
        error.file === file && error.start !== undefined
          ? file.getLineAndCharacterOfPosition(error.start).line + 1
          : 0,
        `TS${error.code}`,
        ts.flattenDiagnosticMessageText(error.messageText, ' '),
      ]);
    // A candidate that stands alone cannot swallow the tests with an open string, comment or bracket.
    if (errors.length === 0 && !hasSyntaxErrors(after) && hasSyntaxErrors(before + code)) {
      errors.push([0, 'SyntaxError', 'it does not end where the tests begin']);
    }
    if (errors.length > 0) return [null, JSON.stringify(errors)];
    const output = { js: '', map: '' };
    program.emit(file, (name, text) => {
      output[name.endsWith('.map') ? 'map' : 'js'] = text;
    });
    const lines = emittedLines(JSON.parse(output.map).mappings);
    return [output.js.replace(/\n\/\/# sourceMappingURL=\S*\s*$/, '\n'), JSON.stringify(lines)];
  };
  // The first check parses and binds the declarations.
  check('', '', 'const checked: string[] = ["".padStart(1)]; console.log(checked);');
  return check;
}

main();
