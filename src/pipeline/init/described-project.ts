import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { languageFile } from './language-file.ts';
import { taskFiles } from './task-files.ts';
import type { ProjectFile } from './write-project.ts';

/**
 * The files of a project for a language that only its owner knows: everything is there and loads, and what only the owner can
 * write is marked with FILL IN. Team and study, which are the same for every language, are not among them.
 */
export function describedProject(language: CustomLanguage, header: string): ProjectFile[] {
  return [
    { path: 'README.md', content: readme(language) },
    { path: 'language.yaml', content: languageFile(language) },
    { path: 'language.md', content: documentation(language, header) },
    ...taskFiles(language, header),
  ];
}

function documentation({ id, displayName = id, lineComment }: CustomLanguage, header: string): string {
  return `# ${displayName}

FILL IN: what somebody who can program has to know to write ${displayName}. A model reads this file before it answers, so keep it short
and say what differs from languages that it knows. Remove these lines.

A function begins with its header:

    ${header}
${lineComment === null ? '' : `\nA comment starts with \`${lineComment}\` and ends with the line.\n`}
## Values

FILL IN: numbers, texts, lists, what is true and false; operators, and what they do at the edges (division, an item that is not there).

## Statements

FILL IN: variables, conditions, loops, how a function gives its result, a small program that has them all.

## Built in

FILL IN: functions that are there, each with its arguments and what it gives.
`;
}

function readme({ id, displayName = id, runner }: CustomLanguage): string {
  const files = runner?.files ?? [];
  const own = files
    .map((file) => `| \`${file}\` | **copy it here**: \`language.yaml\` names it |\n`)
    .join('');
  return `# ${displayName} with codejury

| file | what it is for |
| --- | --- |
| \`language.yaml\` | how functions are found in a text; how they are compiled and run; what errors look like |
${own}| \`language.md\` | the language explained, for the generator's prompt |
| \`example.yaml\` | a solved example, also for the prompt; not one of the tasks |
| \`tasks/\` | problems with tests and a solution each |
| \`team.yaml\` | who generates and who judges |
| \`study.yaml\` | what to measure, and on which answers |

## Complete it

1. Every place with \`FILL IN\` wants something that only you can write: tests and solutions in \`tasks/\`, the solution in \`example.yaml\`, the
   language in \`language.md\`. \`grep -rn "FILL IN" --exclude README.md .\` lists what is left.
2. \`language.yaml\` works as it is, but says more with \`finished\`, \`errors\` and \`probes\`: see its comments.
3. Find out whether it works, and whether the tests can be trusted:

\`\`\`
codejury tasks list tasks
codejury tasks inspect tasks --language-file language.yaml --exclusions weak.yaml
\`\`\`

A solution that fails is told with the last line that the commands printed, or with what \`errors\` finds there. Then add tasks of your
own, at least 10: training files need tasks for training, for validation and for testing.

## Use it

Let the team write a function (this fetches the models of \`team.yaml\` once):

\`\`\`
codejury solve --task tasks/larger.yaml --team team.yaml
\`\`\`

Put answers of models into \`samples.jsonl\`, one a line: \`{"taskId": "${id}/larger", "text": "…", "form": "chat"}\`. Run them against the
tests, label them, write training files, let the judges look at them:

\`\`\`
codejury execute --tasks tasks --samples samples.jsonl --language-file language.yaml --out results.jsonl
codejury dataset build --tasks tasks --samples samples.jsonl --language-file language.yaml --exclude weak.yaml --out dataset --seed 1
grep /larger results.jsonl > larger.jsonl
codejury judge --task tasks/larger.yaml --candidates larger.jsonl --team team.yaml
\`\`\`

Measure how good the judges are, and whether a team chooses better than chance:

\`\`\`
codejury study run study.yaml
\`\`\`

\`docs/private-language.md\` of codejury explains \`language.yaml\`; \`docs/tutorial.md\` goes through all of this, and training a judge.
`;
}
