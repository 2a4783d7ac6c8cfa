import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { listYaml, quoteYaml } from './quote-yaml.ts';

/** The file of a language that has a runner, with what is not said of it yet as comments. */
export function languageFile(language: CustomLanguage): string {
  const { id, displayName, extension, lineComment, blockStyle, endKeyword, functionPattern, runner } =
    language;
  if (runner === null) throw new Error(`no runner for ${id}`);
  const { compile, run, files, finished } = runner;
  return `# ${displayName ?? id}: what codejury has to know of it. Lines that start with # are not there yet: complete them and remove the #.
id: ${quoteYaml(id)}
displayName: ${quoteYaml(displayName ?? id)}
extension: ${quoteYaml(extension)}

# How functions are found in what a model writes.
lineComment: ${lineComment === null ? 'null' : quoteYaml(lineComment)}
# blockComment: { open: "/*", close: "*/" }
strings: ['"', "'"] # quotes of texts
blockStyle: ${blockStyle}
${endKeyword === null ? '' : `endKeyword: ${quoteYaml(endKeyword)}\n# blockKeywords: [if, for, while] # words that open a block inside a function\n`}functionPattern: ${quoteYaml(functionPattern)}
# importPattern: '^\\s*use\\s' # lines that are kept above the function

# How candidates are executed, in an empty folder inside a sandbox. \`{{file}}\` is the program: candidate, then tests.
runner:
  files: ${listYaml(files)} # of this folder, put beside the program: an interpreter, a library
  # folders: [/opt/tools] # of this machine that the commands need; what is below /usr they see
  ${compile === null ? "# compile: [program, '{{file}}'] # must end with an exit status other than 0 for what is no program" : `compile: ${listYaml(compile)}`}
  run: ${listYaml(run)}
  # Put after the tests. Without it exit status 0 passes, and a candidate that ends the program early passes, too.
  ${finished === null ? `# finished: print("{{token}}")` : `finished: ${quoteYaml(finished)}`}
  # What is printed when something is wrong, as regular expressions with named groups: what they find becomes feedback. Without
  # them a candidate still passes or not, but a failed assertion is a runtime error like others, without its line.
  # errors:
  #   compile: ['^line (?<line>\\d+): (?<message>.*)$']
  #   runtime: ['^(?<kind>\\w+) at line (?<line>\\d+): (?<message>.*)$']
  #   assertion: ['^(?<input>.*) gave (?<actual>.*), expected (?<expected>.*)$']
  # selfTest: print(1) # the smallest program that passes: tells a wrong runner from wrong candidates
  # Functions that solve nothing: \`codejury tasks inspect\` drops tasks whose tests let them pass.
  probes:
    bodyTemplate: ${bodyTemplate(language)}
    bodies:
      empty: ''
      throwing: null # a body that ends with an error when it runs
      dummies: [] # bodies that give a constant: [return 0, return 1, return true]
`;
}

function bodyTemplate({ blockStyle, endKeyword }: CustomLanguage): string {
  const header = blockStyle === 'braces' ? '{{signature}} {' : '{{signature}}';
  const end = blockStyle === 'braces' ? ['}'] : endKeyword === null ? [] : [endKeyword];
  return JSON.stringify([header, '{{body}}', ...end].join('\n'));
}
