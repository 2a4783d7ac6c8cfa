import type { InitResult } from '../../contracts/init-result.ts';

/** What each file is for. */
const PURPOSES: Readonly<Record<string, string>> = {
  'README.md': 'what is here, and every command',
  'language.yaml': 'how its functions are found, compiled and run',
  'language.md': "the language explained, for the generator's prompt",
  'example.yaml': 'a solved example, for the same prompt',
  'rulescript.py': 'an interpreter',
  'samples.jsonl': 'candidates, right and wrong',
  'tasks/': 'problems with tests',
  'team.yaml': 'who generates and who judges',
  'study.yaml': 'what to measure, and on which answers',
};

/** What `init` made, and what to type next. */
export function initReport({ folder, language, files, incomplete, missing }: InitResult): string {
  const entries = [...new Set(files.map((file) => file.replace(/\/.*$/, '/')))];
  const width = Math.max(...entries.map((entry) => entry.length));
  const todo = [
    ...missing.map((file) => `put ${file} into ${folder}: language.yaml names it`),
    ...(incomplete.length === 0 ? [] : [`complete ${incomplete.join(', ')}: they say FILL IN where`]),
  ];
  const commands = [
    `cd ${/^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", `'\\''`)}'`}`,
    'codejury tasks inspect tasks --language-file language.yaml --exclusions weak.yaml',
    ...(files.includes('samples.jsonl')
      ? [
          'codejury execute --tasks tasks --samples samples.jsonl --language-file language.yaml --out results.jsonl',
        ]
      : []),
    'codejury solve --task tasks/larger.yaml --team team.yaml',
  ];
  return [
    `${folder}: a project for the language ${language}`,
    '',
    ...entries.map((entry) => `  ${entry.padEnd(width)}  ${PURPOSES[entry] ?? ''}`.trimEnd()),
    '',
    ...(todo.length === 0 ? [] : ['First:', '', ...todo.map((line) => `  ${line}`), '']),
    todo.length === 0 ? 'Type next:' : 'Then type:',
    '',
    ...commands.map((line) => `  ${line}`),
    '',
    'README.md has the other commands.',
  ].join('\n');
}
